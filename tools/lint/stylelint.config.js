// What the oldest browsers that the pages are made for (browserslist in
// package.json) do not know of CSS. Together they know what was known to all at
// the end of 2022.

export default {
  plugins: ['stylelint-plugin-use-baseline'],
  rules: {
    'plugin/use-baseline': [true, {
      available: 2022,
      ignoreProperties: Object.fromEntries([
        // Without these something is a little less fine, and works.
        'accent-color', 'break-after', 'contain-intrinsic-block-size', 'content-visibility', 'forced-color-adjust', 'mask-image', 'outline', 'resize',
        'scrollbar-gutter', 'scrollbar-width', 'text-wrap', 'user-select', 'zoom', '/^animation-/', '/^overscroll-/',
        // What stands outside a container query is the fallback for what stands in it.
        '/^container/',
      ].map((name) => [name, ['/^/']])),
      ignoreAtRules: ['container'],
      // A tint; the border has the hue, too. Where there is nothing else, the plain colour stands before it.
      ignoreFunctions: ['color-mix'],
      // Not in Firefox 115: a rule with it only refines what is there without it.
      ignoreSelectors: ['has'],
    }],
  },
};
