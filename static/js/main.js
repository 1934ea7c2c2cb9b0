// The way in: the words first, then the elements that use them. A page that is
// no frame is laid out in its window, and has More.

import { ControlsElement } from './controls/controls.js';
import { TransportElement } from './controls/transport.js';
import { AppElement } from './page/app.js';
import { FooterElement } from './page/footer.js';
import { StageElement } from './stage/stage.js';
import { load } from './words/text.js';

const root = document.documentElement;
const whole = 'embed' in root.dataset ? undefined : Promise.all([import('./page/fit.js'), import('./controls/more.js')]);
await load(root.lang || 'en');

customElements.define('procession-controls', ControlsElement);
customElements.define('procession-transport', TransportElement);
customElements.define('procession-stage', StageElement);
customElements.define('procession-footer', FooterElement);
const [fit, more] = (await whole) ?? [];
if (more) customElements.define('procession-more', more.MoreElement);
customElements.define('procession-app', AppElement);
const page = /** @type {HTMLElement | null} */ (document.querySelector('procession-app'));
if (fit && page) new fit.Fit(page).now();
