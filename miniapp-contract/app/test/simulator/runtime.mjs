// The part of WeChat that the app meets: App, Page, Component, and `wx`. Requests are real HTTP; the camera, the phone
// number and the navigation bar are fakes. A person still has to open the folder once in WeChat's own tools.
export function install({ adapter, modules, components, styles, app, templates }) {
  const { glassEasel } = adapter;
  const stack = [];
  const state = (window.simulator = { toasts: [], modals: [], calls: [], confirm: true, online: true, page: undefined, go, popups: [], choose: () => 'accept', mainSwitch: true, decided: {} });
  const networkListeners = [];

  state.setOnline = (online) => {
    state.online = online;
    networkListeners.forEach((listener) => listener({ isConnected: online, networkType: online ? 'wifi' : 'none' }));
  };

  // WeChat's keyboard: the backend of the tests passes on touches alone. As in WeChat, each listener's event owns its detail.
  state.type = (element, value) => {
    const event = new glassEasel.Event('input', { value }, {});
    event.wrapShadowedEvent = (...listener) => Object.assign(glassEasel.Event.prototype.wrapShadowedEvent.apply(event, listener), { detail: { value } });
    glassEasel.Event.dispatchEvent(element.__wxElement, event);
  };

  const succeed = (options, result = {}) => {
    const answer = { errMsg: 'ok', ...result };
    options?.success?.(answer);
    options?.complete?.(answer);
    return options?.success || options?.fail || options?.complete ? undefined : Promise.resolve(answer);
  };
  const fail = (options, errMsg) => {
    options?.fail?.({ errMsg });
    options?.complete?.({ errMsg });
  };
  const navigate = (options) => {
    go(options.url.replace(/^\//, ''));
    return succeed(options);
  };
  const surroundings = () => ({
    platform: 'devtools', SDKVersion: '3.8.0', brand: 'test', model: 'test', system: 'Android 13', version: '8.0.49', language: 'zh_CN', theme: 'light',
    windowWidth: innerWidth, windowHeight: innerHeight, screenWidth: innerWidth, screenHeight: innerHeight, pixelRatio: 2, statusBarHeight: 20, fontSizeSetting: 16,
    safeArea: { top: 0, left: 0, right: innerWidth, bottom: innerHeight, width: innerWidth, height: innerHeight }, host: { env: 'WeChat' },
  });
  const launch = () => ({ path: app.pages[0], query: {}, scene: 1001 });
  const storage = new Map();
  const known = {
    request(options) {
      const method = (options.method ?? 'GET').toUpperCase();
      state.calls.push(`${method} ${new URL(options.url).pathname}`);
      if (!state.online) {
        setTimeout(() => fail(options, 'request:fail'));
        return { abort() {} };
      }
      const body = options.data === undefined || method === 'GET' ? undefined : JSON.stringify(options.data);
      fetch(options.url, { method, headers: options.header, body })
        .then(async (response) => {
          const text = await response.text();
          // As in WeChat, only application/json is parsed for the app.
          const data = text && response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
          options.success?.({ statusCode: response.status, data, header: {}, errMsg: 'request:ok' });
        })
        .catch((error) => fail(options, `request:fail ${error.message}`));
      return { abort() {} };
    },
    getStorageSync: (key) => (storage.has(key) ? JSON.parse(storage.get(key)) : ''),
    setStorageSync: (key, value) => void storage.set(key, JSON.stringify(value)),
    removeStorageSync: (key) => void storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
    showToast: (options) => (state.toasts.push(options.title), succeed(options)),
    showModal: (options) => (state.modals.push(`${options.title} ${options.content}`), succeed(options, { confirm: state.confirm, cancel: !state.confirm })),
    navigateTo: navigate,
    redirectTo: navigate,
    reLaunch: navigate,
    switchTab: navigate,
    navigateBack: (options) => succeed(options),
    // Beside a real server the browser's owner plays WeChat (window.wechat) and knows who holds the phone.
    login: (options) => void Promise.resolve(window.wechat?.login() ?? 'code').then((code) => succeed(options, { code })),
    async requestSubscribeMessage(options) {
      state.popups.push(options.tmplIds);
      if (!state.online) {
        return options.fail({ errCode: 10003, errMsg: 'requestSubscribeMessage:fail network' });
      }
      if (!state.mainSwitch) {
        return options.fail({ errCode: 20004, errMsg: 'requestSubscribeMessage:fail The main switch is switched off' });
      }
      const results = Object.fromEntries(options.tmplIds.map((id) => [id, state.decided[id] ?? state.choose(id)]));
      await window.wechat?.popup(results);
      options.success({ errMsg: 'requestSubscribeMessage:ok', ...results });
    },
    getSetting: (options) => succeed(options, { authSetting: {}, subscriptionsSetting: { mainSwitch: state.mainSwitch, itemSettings: { ...state.decided } } }),
    // The member switches everything on again.
    openSetting: (options) => (Object.assign(state, { mainSwitch: true, decided: {} }), succeed(options, { authSetting: {} })),
    getNetworkType: (options) => succeed(options, { networkType: state.online ? 'wifi' : 'none' }),
    onNetworkStatusChange: (listener) => void networkListeners.push(listener),
    stopPullDownRefresh: (options) => succeed(options),
    pageScrollTo: (options) => succeed(options),
    createSelectorQuery: () => ({ in() { return this; }, selectAll() { return this; }, boundingClientRect(done) { done([]); return this; }, exec() {} }),
    getSystemInfoSync: surroundings,
    getWindowInfo: surroundings,
    getAppBaseInfo: surroundings,
    getDeviceInfo: surroundings,
    getSystemSetting: surroundings,
    getAppAuthorizeSetting: () => ({}),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'test', envVersion: 'develop', version: '' } }),
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
    getMenuButtonBoundingClientRect: () => ({ top: 4, left: 300, width: 80, height: 32, right: 380, bottom: 36 }),
    canIUse: () => true,
    nextTick: (work) => queueMicrotask(work),
    env: { USER_DATA_PATH: 'wxfile://usr' },
  };
  window.wx = new Proxy(known, {
    get: (target, key) => (key in target ? target[key] : typeof key === 'string' && /^(on|off)[A-Z]/.test(key) ? () => undefined : undefined),
  });
  window.global = window;
  window.__wxConfig = { pages: app.pages };
  window.getCurrentPages = () => stack;
  let instance;
  window.App = (options) => {
    instance = options;
    options.onLaunch?.(launch());
    options.onShow?.(launch());
  };
  window.getApp = () => instance;

  // Handlers sit on the instance of a uni-app page, which glass-easel looks at only when told to before the environment exists.
  glassEasel.globalOptions.useMethodCallerListeners = true;
  const environment = new adapter.MiniProgramEnv();
  const space = environment.createCodeSpace('', true);
  let current;
  for (const kind of ['Page', 'Component', 'Behavior']) {
    // uni-app keeps these functions when its vendor file loads, so they must find the file of the moment by themselves.
    window[kind] = (definition) => {
      if (!current) {
        throw new Error(`${kind} outside a component's file`);
      }
      definition.behaviors = definition.behaviors?.filter(Boolean).map((behavior) => (typeof behavior === 'string' ? current.Behavior({}) : behavior));
      return current[kind](definition);
    };
  }

  const loaded = {};
  const normal = (path) => path.split('/').reduce((parts, part) => (part === '..' ? parts.slice(0, -1) : part && part !== '.' ? [...parts, part] : parts), []).join('/');
  function load(file) {
    const name = modules[file] ? file : `${file}.js`;
    if (!loaded[name]) {
      const module = (loaded[name] = { exports: {} });
      const folder = name.slice(0, name.lastIndexOf('/') + 1);
      modules[name].call(module.exports, (path) => load(normal(folder + path)), module, module.exports);
    }
    return loaded[name].exports;
  }
  load('app.js');
  space.addStyleSheet('app', 'app');
  for (const [path, settings] of Object.entries(components)) {
    space.addComponentStaticConfig(path, settings);
    if (styles[path]) {
      space.addStyleSheet(path, path);
    }
    // Without this fallback a bindtap on a plain node stays an attribute.
    space.addCompiledTemplate(path, { groupList: templates, content: templates[path], fallbackListenerOnNativeNode: true });
  }
  for (const path of Object.keys(components).sort((a, b) => app.pages.includes(a) - app.pages.includes(b))) {
    space.componentEnv(path, (wechat) => {
      current = wechat;
      load(path);
      current = undefined;
    });
  }
  const context = new glassEasel.CurrentWindowBackendContext();
  context.onEvent((target, type, detail, options) => {
    const event = new glassEasel.Event(type, detail, options);
    glassEasel.Event.dispatchEvent(target, event);
    return event.getEventBubbleStatus?.();
  });
  const backend = environment.associateBackend(context);
  for (const [path, style] of Object.entries(styles)) {
    backend.registerStyleSheetContent(path, style);
  }

  let root;
  function go(url) {
    if (root) {
      stack.pop()?.onUnload?.();
      root.release?.();
    }
    const [path, search = ''] = url.split('?');
    const query = Object.fromEntries(search.split('&').filter(Boolean).map((pair) => pair.split('=')));
    const host = document.getElementById('page');
    host.textContent = '';
    const place = host.appendChild(document.createElement('span'));
    root = backend.createRoot('page-root', space, url);
    const component = root.get?.() ?? root._$comp;
    const page = component.getMethodCaller?.() ?? component;
    page.route = path;
    page.options = query;
    stack.push(page);
    root.attach(host, place);
    state.page = path;
    document.title = components[path].navigationBarTitleText ?? '';
    page.onLoad?.(query);
    page.onShow?.(query);
    page.onReady?.(query);
  }
}
