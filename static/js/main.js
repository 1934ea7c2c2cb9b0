// The way in: the words first, then the elements that use them.

import { AppElement } from './page/app.js';
import { ControlsElement } from './controls/controls.js';
import { MoreElement } from './controls/more.js';
import { TransportElement } from './controls/transport.js';
import { FooterElement } from './page/footer.js';
import { StageElement } from './stage/stage.js';
import { load } from './words/text.js';

await load(document.documentElement.lang || 'en');

customElements.define('procession-controls', ControlsElement);
customElements.define('procession-more', MoreElement);
customElements.define('procession-transport', TransportElement);
customElements.define('procession-stage', StageElement);
customElements.define('procession-footer', FooterElement);
customElements.define('procession-app', AppElement);
