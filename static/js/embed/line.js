// The line of HTML that puts a stage into another page. Pure.

/** @param {string} text for an attribute in double quotes */
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * @param {{address: string, height: number, title: string}} frame address: complete, with its host; height: CSS pixels
 */
export const line = ({ address, height, title }) =>
  `<iframe src="${quoted(address)}" width="100%" height="${height}" style="border:0" loading="lazy" title="${quoted(title)}" allow="fullscreen"></iframe>`;
