// What browsers have and a bare JavaScript engine has not: events.
globalThis.CustomEvent ??= class CustomEvent {
  constructor(type, { detail = null } = {}) {
    this.type = type;
    this.detail = detail;
  }
};
globalThis.EventTarget ??= class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  removeEventListener(type, listener) {
    this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((one) => one !== listener));
  }

  dispatchEvent(event) {
    for (const listener of this.#listeners.get(event.type) ?? []) {
      listener.call(this, event);
    }
    return true;
  }
};
