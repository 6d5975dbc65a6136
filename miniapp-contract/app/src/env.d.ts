/// <reference types="vite/client" />
/// <reference types="@dcloudio/types" />
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent<object, object, any>;
  export default component;
}
interface ImportMetaEnv {
  /** Address of the server as the mini-program sees it; an H5 page asks the host it came from. */
  readonly VITE_API_BASE?: string;
}
