// Nodes are made here and nowhere else, from values, never from markup.

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an HTML element. Attributes: true sets an empty one, false and
 * undefined none; a function is a listener for the event of that name.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * Makes an SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, attributes = {}, ...children) {
  return fill(/** @type {SVGElementTagNameMap[T]} */ (document.createElementNS(SVG, tag)), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element @param {Record<string, any>} attributes @param {Child[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === 'number' ? String(child) : child);
  }
  return element;
}

/**
 * Sets the text, and touches nothing when it is the same. One text becomes another in place: after a child that came
 * or went the browser would look again at whatever a rule with :has() may be about.
 * @param {Node} node @param {string} text
 */
export function setText(node, text) {
  const there = node.firstChild;
  if (text && there instanceof Text && !there.nextSibling) {
    if (there.data !== text) there.data = text;
  } else if (node.textContent !== text) node.textContent = text;
}

/** Hides or shows, and touches nothing when it is so already. @param {HTMLElement} element @param {boolean} hidden */
export function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** Sets an attribute, and touches nothing when it is the same; undefined removes it. @param {Element} element @param {string} name @param {string | undefined} value */
export function setAttr(element, name, value) {
  if (value === undefined) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/**
 * Puts the children in place of those that are there. What stays is not touched: a node that is taken out and put
 * back loses the focus, and the click of somebody who is just pressing it.
 * @param {Element} parent @param {Node[]} children
 */
export function setChildren(parent, children) {
  const there = parent.childNodes;
  if (there.length === children.length && children.every((child, i) => there[i] === child)) return;
  const stay = new Set(children);
  for (const child of [...there]) if (!stay.has(child)) parent.removeChild(child);
  let at = parent.firstChild;
  for (const child of children) {
    if (child === at) at = at.nextSibling;
    else parent.insertBefore(child, at);
  }
}

/**
 * Ink as a custom property, so that style sheets can say "the hue of this thing".
 * @param {HTMLElement | SVGElement} element @param {string} ink p1 … p16, store, none
 */
export function setInk(element, ink) {
  if (element.dataset.ink === ink) return;
  element.dataset.ink = ink;
  element.style.setProperty('--ink-of', ink === 'none' ? 'var(--wire)' : `var(--${ink})`);
}
