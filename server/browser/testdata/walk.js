// Looks at the page as it stands, and tells what is wrong with its layout: what
// is covered, cut, on top of something else, too small, or beyond the edge.
(async () => {
  const faults = [];
  // What loads after the first picture is there, and the page answers to another size within a few frames.
  for (let i = 0; i < 600 && !document.querySelector('.machine'); i++) await new Promise((done) => requestAnimationFrame(done));
  for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(done));

  const root = document.documentElement;
  const page = document.querySelector('procession-app');
  const stage = document.querySelector('procession-compare, procession-stage');
  const foot = document.querySelector('procession-footer');
  const over = root.dataset.sheet === 'over';
  const panel = root.dataset.sheet === 'below' ? document.querySelector('.sheet:not([hidden])') : null;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter(seen);
  const seen = (e) => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.aloud');
  const told = (e) => {
    const word = (e.getAttribute('aria-label') || e.textContent || e.getAttribute('name') || '').trim().replace(/\s+/g, ' ').slice(0, 30);
    return `${e.localName}${e.className && typeof e.className === 'string' ? '.' + e.className.split(' ').join('.') : ''} “${word}”`;
  };
  const box = (e) => e.getBoundingClientRect();

  // Nothing is beyond the edge.
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide and scrolls sideways`);

  // The stage has its share of the window, also before anybody scrolls.
  if (!over) {
    scrollTo(0, 0);
    const sticky = getComputedStyle(foot).position === 'sticky' ? box(foot).height : 0;
    const taken = panel ? box(panel).height : 0;
    const room = innerHeight - sticky - taken;
    const share = Math.min(room, box(stage).height) / innerHeight;
    if (share < 0.45) faults.push(`the stage has ${Math.round(share * 100)} % of the height`);
    const first = (Math.min(room, box(stage).bottom) - box(stage).top) / innerHeight;
    if (!root.dataset.parts && !root.dataset.sheet && innerHeight >= 360 && first < 0.45) faults.push(`the stage has ${Math.round(first * 100)} % of the height at first`);
  }

  // What can be touched is not covered. Marks on the line of time may stand close.
  for (const e of all('button, a[href], select, input, summary')) {
    if (e.closest('.marks, [hidden], .code, dialog') || (over && !e.closest('.sheet'))) continue;
    const free = panel?.contains(e) ? innerHeight : Math.min(innerHeight, panel ? box(panel).top : innerHeight, foot.contains(e) ? innerHeight : box(foot).top);
    // In a frame the stage scrolls by itself, and so does the line above it.
    const part = e.closest('procession-stage, .bar');
    const hidden = part && (box(e).top < box(part).top - 1 || box(e).bottom > box(part).bottom + 1 || box(e).right > box(part).right + 1);
    if (hidden || e.closest('.sheet-body') || box(e).top < 0 || box(e).left < 0 || box(e).bottom > free || box(e).right > innerWidth) e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { left, top, width, height } = box(e);
    for (const [x, y] of [[0.5, 0.5], [0.15, 0.25], [0.85, 0.25], [0.15, 0.75], [0.85, 0.75]]) {
      const hit = document.elementFromPoint(left + width * x, top + height * y);
      // A line of text that wraps has room beside it.
      if (hit && (e.contains(hit) || (e.getClientRects().length > 1 && hit.contains(e)) || hit.closest('label')?.contains(e))) continue;
      faults.push(`${told(e)} is covered by ${hit ? told(hit) : 'the edge of the window'}`);
      break;
    }
  }
  scrollTo(0, 0);

  // No text is cut without a sign of it, and none on the stage is small.
  const clips = (style) => /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
  const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const small = new Set();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !e || !seen(e) || e.closest('svg, option, .marks, .code, .ticks')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 11.95 && e.closest('procession-stage')) small.add(`${told(e)} has ${size} px`);
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    let out = false; // of what is not positioned
    for (let a = e; a && a !== page; a = a.parentElement) {
      const style = getComputedStyle(a);
      if (out && style.position === 'static') continue;
      out = style.position === 'absolute';
      if (style.clipPath !== 'none') break; // only to be heard
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') break;
      if (/auto|scroll/.test(style.overflowX) || /auto|scroll/.test(style.overflowY)) break;
      const { left, right, top, bottom } = box(a);
      if (clips(style) && (text.left < left - 1.5 || text.right > right + 1.5 || text.top < top - 4 || text.bottom > bottom + 4)) {
        faults.push(`${told(e)} is cut by ${told(a)}`);
        break;
      }
      if (a.parentElement === page && (text.left < -1 || text.right > innerWidth + 1)) faults.push(`${told(e)} runs off the window`);
    }
  }
  faults.push(...small);
  if (innerWidth <= 480) {
    for (const e of all('select, textarea, input:not([type="radio"], [type="checkbox"])')) {
      if (parseFloat(getComputedStyle(e).fontSize) < 16) faults.push(`${told(e)} makes a phone zoom in`);
    }
  }

  // Nothing lies on its neighbours.
  const apart = (elements) => {
    const boxes = elements.filter(seen).map((e) => ({ e, r: box(e) }));
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length; j++) {
        const [a, b] = [boxes[i].r, boxes[j].r];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1.5 && high > 1.5) faults.push(`${told(boxes[i].e)} and ${told(boxes[j].e)} overlap by ${Math.round(wide)} × ${Math.round(high)} px`);
      }
    }
  };
  scrollTo(0, root.scrollHeight);
  if (!over) apart([...page.children].filter((e) => e.matches('.bar, .banners, procession-stage, procession-compare, procession-footer')));
  scrollTo(0, 0);
  apart(all('.brand, .tools > *, .settings-list > *', document.querySelector('.bar')));
  apart(all('.say, .figures, .deck .segments, procession-timeline, procession-transport > *', foot));
  for (const floor of all('.floor')) {
    apart([...floor.children].filter((e) => !e.matches('svg, canvas')));
    apart(all('[data-worker], .store', floor));
    apart(all('[data-visitor]', floor));
    for (const e of all('.process', floor)) apart(all(':scope > header, .label, .chips, :scope > .lookup, :scope > .trouble, .log, .threads', e));
    // What a memory holds, and what was looked up, is whole, also where lines end in an ellipsis.
    for (const e of all('.chip, .lookup, .log li, .lock-list button', floor)) {
      const within = Math.min(box(e.parentElement).bottom, box(e.closest('.process')).bottom);
      if (box(e).bottom > within + 1) faults.push(`${told(e)} runs out of its box`);
      if (e.matches('.lookup') && e.scrollWidth > e.clientWidth + 1) faults.push(`${told(e)} is cut`);
    }
    for (const e of all('.visitor', floor)) apart(all('.disc, .who, .strip', e));
    for (const e of all('.threads', floor)) apart([...e.children]);
    for (const e of all('.strip', floor)) {
      if (box(e).left < box(floor).left - 1 || [...e.children].some((c) => box(c).left < box(floor).left - 1)) faults.push(`the strip of ${told(e.parentElement)} runs off the stage`);
    }
  }
  return JSON.stringify([...new Set(faults)].slice(0, 25));
})()
