// React with Flagsmith's hooks in a page: the packages as npm has them, which are CommonJS, with a few lines in place of a bundler.
import { readFile } from 'node:fs/promises';

const modules = new URL('../node_modules/', import.meta.url);
const files = {
  react: 'react/cjs/react.production.js',
  scheduler: 'scheduler/cjs/scheduler.production.js',
  'react-dom': 'react-dom/cjs/react-dom.production.js',
  'react-dom/client': 'react-dom/cjs/react-dom-client.production.js',
  flagsmith: 'flagsmith/index.js',
  'flagsmith/react': 'flagsmith/react.js',
};

/** Loads them into a page; they are window.modules then. */
export async function loadReact(tab) {
  const sources = {};
  for (const [name, file] of Object.entries(files)) sources[name] = await readFile(new URL(file, modules), 'utf8');
  await tab.evaluate(sources => {
    const loaded = {};
    const require = name => {
      if (!loaded[name]) {
        loaded[name] = { exports: {} };
        new Function('module', 'exports', 'require', 'process', sources[name])(loaded[name], loaded[name].exports, require, { env: { NODE_ENV: 'production' } });
      }
      return loaded[name].exports;
    };
    window.modules = Object.fromEntries(Object.keys(sources).map(name => [name, require(name)]));
  }, sources);
}

/** Renders a component that shows the value of a feature. */
export function renderFeature(tab, feature, options) {
  return tab.evaluate(([name, settings]) => {
    const { createElement } = window.modules.react;
    const { FlagsmithProvider, useFlags } = window.modules['flagsmith/react'];
    const Value = () => createElement('p', { id: 'value' }, useFlags([name])[name].value);
    const root = document.body.appendChild(document.createElement('div'));
    window.modules['react-dom/client'].createRoot(root).render(
      createElement(FlagsmithProvider, { flagsmith: window.modules.flagsmith.default ?? window.modules.flagsmith, options: settings }, createElement(Value)));
  }, [feature, options]);
}
