import { createSSRApp } from 'vue';
import App from './App.vue';
// #ifdef H5
import { addressAfterLogin } from './session/oauth';

const address = addressAfterLogin(window.location.pathname, window.location.search);
if (address) {
  window.history.replaceState(null, '', address);
}
// #endif

export function createApp() {
  return { app: createSSRApp(App) };
}
