// A world without time and network of its own: what the SDK needs of a browser, moved by hand.

export class World {
  constructor() {
    this.now = 0;
    this.timers = [];
    this.sockets = [];
    this.kept = new Map();
    this.listeners = new Map();
    this.lastTimer = 0;
    const world = this;
    this.env = {
      WebSocket: class extends FakeSocket {
        constructor(url, protocols) {
          super(url, protocols);
          world.sockets.push(this);
        }
      },
      setTimeout: (task, millis) => {
        world.lastTimer += 1;
        world.timers.push({ id: world.lastTimer, at: world.now + millis, task });
        return world.lastTimer;
      },
      clearTimeout: (id) => {
        world.timers = world.timers.filter((timer) => timer.id !== id);
      },
      random: () => 0.5,
      storage: {
        getItem: (key) => world.kept.get(key) ?? null,
        setItem: (key, value) => world.kept.set(key, value),
        removeItem: (key) => world.kept.delete(key),
      },
      page: {
        addEventListener: (name, listener) => world.listeners.set(name, listener),
        removeEventListener: (name) => world.listeners.delete(name),
      },
    };
  }

  get socket() {
    return this.sockets[this.sockets.length - 1];
  }

  /** Lets time pass; timers run when they are due, in their order. */
  async pass(millis) {
    const end = this.now + millis;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = due.at;
      due.task();
      await settle();
    }
    this.now = end;
  }
}

/** Lets time pass until the next attempt to connect; answers how long it took. */
export async function nextSocket(world) {
  const before = world.sockets.length;
  const begin = world.now;
  while (world.sockets.length === before && world.now - begin < 20_000) {
    await world.pass(12.5);
  }
  return world.now - begin;
}

export class FakeSocket {
  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
    this.sent = [];
    this.closed = false;
  }

  send(text) {
    if (this.closed) {
      throw new Error('the socket is closed');
    }
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  // What a test does as the server.
  async accept() {
    this.onopen?.();
    await settle();
  }

  async tell(frame) {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
    await settle();
  }

  async fail() {
    const onclose = this.onclose;
    this.closed = true;
    this.onerror?.();
    onclose?.();
    await settle();
  }

  frames(type) {
    return this.sent.filter((frame) => frame.type === type);
  }

  /** The last frame of a type. */
  last(type) {
    return this.frames(type).pop();
  }

  commands(name) {
    return this.frames('command').filter((frame) => frame.name === name);
  }
}

/** Lets all promises that can settle do so. */
export async function settle() {
  for (let i = 0; i < 20; i += 1) {
    await Promise.resolve();
  }
}

export function equal(found, wanted, what = 'value') {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(value, sorted));
  if (a !== b) {
    throw new Error(`${what} is ${a}, not ${b}`);
  }
}

function sorted(key, value) {
  return value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/** What became of a promise by now. */
export async function outcome(promise) {
  let found = { state: 'pending' };
  promise.then(
    (value) => (found = { state: 'done', value }),
    (error) => (found = { state: 'refused', code: error.code, error }));
  await settle();
  return found;
}
