// The QR code of an address, which the server draws.

import { h, setAttr, setText } from '../dom/dom.js';
import { patient } from '../wire/requests.js';
import { t } from '../words/text.js';
import { isLocal } from './hosts.js';

export class Square {
  #picture = h('img', { alt: '', width: 200, height: 200 });
  #large = h('button', { type: 'button', class: 'share-square', 'aria-pressed': 'false', click: () => this.#grow() }, this.#picture);
  #save = h('a', { class: 'link', download: 'procession-qr.svg', 'data-share': 'qr' }, t('share.qr.save'));
  #why = h('p', { class: 'share-why', role: 'status', hidden: true });
  /** What was asked for last. */
  #address = '';
  element = h('figure', { class: 'share-code' }, this.#large, h('figcaption', {}, this.#save), this.#why);

  constructor() {
    setAttr(this.#large, 'aria-label', t('share.qr.large'));
    setAttr(this.#large, 'title', t('share.qr.large'));
  }

  /** @param {string} address complete; of this computer alone: a phone would look for it on itself */
  async show(address) {
    if (address === this.#address) return;
    this.#address = address;
    const { drawing = '', why = '' } = isLocal(new URL(address).origin) ? { why: t('share.qr.here') } : await drawn(address);
    if (address !== this.#address) return;
    this.element.dataset.ready = String(Boolean(drawing));
    this.#large.hidden = this.#save.hidden = !drawing;
    this.#why.hidden = Boolean(drawing);
    setText(this.#why, why);
    if (!drawing) return;
    this.#picture.src = this.#save.href = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
    this.#picture.alt = t('share.qr.alt', { address });
  }

  /** As large as the dialog, and back. */
  #grow() {
    const large = this.#large.getAttribute('aria-pressed') !== 'true';
    setAttr(this.#large, 'aria-pressed', String(large));
    this.element.toggleAttribute('data-large', large);
    if (large) this.#large.scrollIntoView({ block: 'nearest' });
  }
}

/** The code of an address, or why there is none. @param {string} address @returns {Promise<{drawing?: string, why?: string}>} */
async function drawn(address) {
  try {
    const answer = await patient(`/qr.svg?text=${encodeURIComponent(address)}`);
    if (answer.ok) return { drawing: await answer.text() };
    const { told } = await import('../words/problems.js');
    return { why: await told(await answer.json(), document.documentElement.lang) };
  } catch {
    return { why: t('share.qr.failed') };
  }
}
