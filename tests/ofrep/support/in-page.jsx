// What the page offers to the tests.
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, OpenFeatureProvider, useFlag } from '@openfeature/react-sdk';
import { createRoot } from 'react-dom/client';

window.events = [];

/** Starts the provider; gives what became of it. */
window.start = async (baseUrl, key, context = {}, options = {}) => {
  for (const event of ['PROVIDER_READY', 'PROVIDER_ERROR', 'PROVIDER_STALE', 'PROVIDER_CONFIGURATION_CHANGED']) {
    OpenFeature.addHandler(event, details => window.events.push({ event, flags: details?.flagsChanged }));
  }
  await OpenFeature.setContext(context);
  await OpenFeature.setProviderAndWait(new OFREPWebProvider({ baseUrl, headers: [['X-Environment-Key', key]], ...options })).catch(() => {});
  return OpenFeature.getClient().providerStatus;
};

window.client = () => OpenFeature.getClient();
window.setContext = context => OpenFeature.setContext(context);
window.closeAll = () => OpenFeature.close();

function Flags() {
  const banner = useFlag('banner', 'default');
  const seats = useFlag('seats', 0);
  return <p id="flags">{`${banner.value} ${seats.value}`}</p>;
}

/** Renders flags with React. */
window.render = () => createRoot(document.getElementById('root')).render(<OpenFeatureProvider><Flags /></OpenFeatureProvider>);
