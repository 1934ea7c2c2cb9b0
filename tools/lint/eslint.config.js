// What the oldest browsers that the pages are made for (browserslist in
// package.json) do not know: syntax and built-ins by es-x, the platform by
// compat. Methods of values need their types, and so the library of tsconfig.json.
//
// And one rule of the house: all requests go through one module.

import compat from 'eslint-plugin-compat';
import es from 'eslint-plugin-es-x';

const REQUESTS = 'Ask through static/js/wire/requests.js.';

export default [
  es.configs['flat/restrict-to-es2022'],
  compat.configs['flat/recommended'],
  {
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    settings: {
      // Asked about before they are used.
      polyfills: ['document.fullscreenEnabled', 'document.fullscreenElement'],
    },
    rules: {
      // Of ES2022 and before, but not in Safari 15.4.
      'es-x/no-class-static-block': 'error',
      'es-x/no-regexp-lookbehind-assertions': 'error',
    },
  },
  {
    ignores: ['**/wire/requests.js'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: REQUESTS }],
      'no-restricted-properties': ['error', ...['window', 'self', 'globalThis'].map((object) => ({ object, property: 'fetch', message: REQUESTS }))],
    },
  },
];
