// SPDX-License-Identifier: Apache-2.0
/**
 * Callisto's agent SDK for browsers: one class, no dependencies. Types are in callisto-agent.d.ts, the protocol is
 * docs/reference/agent-protocol.md of the Callisto project.
 *
 * What it promises: a command that was sent is answered once, through reconnects to whatever server; a notification is
 * dispatched once and in order, or a snapshot takes its place; a completion code that was given while the server was
 * away is kept, over a reload of the page too, and sent when the session is back.
 */

/** Name of the WebSocket sub-protocol. */
export const PROTOCOL = 'callisto.agent.v1';
export const VERSION = '0.1.0';

/** Codes of refusals that a desktop may want to know by name. */
export const CODES = Object.freeze({
  OK: 0,
  WRONG_SESSION: 4005,
  STALE_ATTACH: 4006,
  CREDENTIALS_EXPIRED: 4009,
  OTHER_DESKTOP: 4010,
  RETRY: 4011,
  LIMIT_REACHED: 4018,
  FAILED: 4099,
  MEDIA_SERVER: 9007,
  MEDIA_UNREACHABLE: 9009,
});

/** Every notification that this version knows; each is dispatched as an event of its name. */
export const NOTIFICATIONS = Object.freeze([
  'AGTStateChangedNotify', 'AGTCallStateChangedNotify', 'AGTNailupChange', 'AGTCapabilitiesChanged', 'AGTJobAttached',
  'CALJobStateChanged', 'AGTCallNotify', 'AGTAutoReleaseLine', 'CALWrapupEnded', 'AGTDialFailed',
  'AGTDialFailedErrorInfo', 'AGTSessionIDChange', 'AGTConsultNotify', 'AGTConsultCancelled', 'AGTConsultPending',
  'AGTPendingConsultComplete', 'AGTEnableCancelConsult', 'AGTConsultDialFailed', 'AGTConsultDialFailedErrorInfo',
  'AGTTransferNotify', 'AGTConferenceNotify', 'AGTConferenceEnded', 'AGTConferenceOwnershipChanged',
  'AGTPreviewCallbackPending', 'AGTPreviewCallbackCancelled', 'AGTCustomerDetailsChanged', 'AGTBlendedToInbound',
  'AGTBlendedToOutbound', 'AGTAgentLoggedOut', 'AGTInvalidCommandName', 'POMAvailable', 'POMNotAvailable',
  'AGTZoneDown', 'GetAgentStatus', 'AgentSDKConnectedRESP',
]);

const FIRST_DELAY = 250;
const LONGEST_DELAY = 10_000;
const CONNECT_TIMEOUT = 5_000;
const LOST_AFTER = 15_000;
const ACK_EVERY = 16;
const MOST_WRAPUPS = 20;
// What may pass by itself: the completion code stays in the queue and is sent again.
const PASSING = new Set([CODES.RETRY, 4013, 4019, CODES.FAILED, CODES.MEDIA_SERVER, CODES.MEDIA_UNREACHABLE]);

/** Why a command was not done: `code` and `position` as the protocol says. */
export class CommandRefused extends Error {
  constructor(command, code, text, position) {
    super(`${command}: ${text} (${code})`);
    this.name = 'CommandRefused';
    this.command = command;
    this.code = code;
    this.position = position;
  }

  /** Whether the same command may well succeed a little later. */
  get passing() {
    return PASSING.has(this.code);
  }
}

const emptyView = () => ({
  agentState: 'Logout', callState: 'NoState', jobState: 'JobDetached', nailupStatus: 'NotNailedUp',
  consults: [], callbacks: [], capabilities: [],
});

export class CallistoAgent extends EventTarget {
  #options;
  #env;
  #servers;
  #addresses;
  #server;
  #socket = null;
  #welcomed = false;
  #closed = true;
  #loggedOn = false;
  #zoneAvailable = true;
  #available = false;
  #session = null;
  #attachNo = 0;
  #lostAfter = LOST_AFTER;
  #position = { epoch: 0, seq: 0 };
  #sinceAck = 0;
  #snapshotAsked = false;
  #view = emptyView();
  #pending = new Map();
  #wrapups = new Map();
  #attempt = 0;
  #notBefore = 0;
  #reconnectTimer;
  #watchTimer;
  #connecting = null;
  #idPrefix;
  #lastId = 0;
  #hurry = () => this.#tryNow();

  constructor(options) {
    super();
    if (!options?.servers?.length) {
      throw new TypeError('options.servers must name at least one address, as wss://host/agent/v1');
    }
    this.#options = { organisationId: 0, client: `callisto-agent-js/${VERSION}`, ...options };
    this.#servers = [...options.servers];
    this.#env = {
      WebSocket: globalThis.WebSocket,
      setTimeout: (task, millis) => globalThis.setTimeout(task, millis),
      clearTimeout: (timer) => globalThis.clearTimeout(timer),
      random: Math.random,
      storage: storageOf(globalThis),
      page: typeof globalThis.addEventListener === 'function' ? globalThis : null,
      ...options.env,
    };
    this.#idPrefix = Math.floor(this.#env.random() * 2 ** 48).toString(36).padStart(10, '0');
    this.#recall();
  }

  // ---- what a desktop shows ----

  /** The agent as last told: states, job, call, capabilities. Do not change it. */
  get state() {
    return this.#view;
  }

  /** Whether commands have a chance now: connected, and the zone has an owner. */
  get available() {
    return this.#available;
  }

  get connected() {
    return this.#welcomed;
  }

  get loggedOn() {
    return this.#loggedOn;
  }

  /** The session of the agent; null before the first welcome. */
  get agentSessionId() {
    return this.#session?.agentSessionId ?? null;
  }

  /** Addresses as last told: servers, agent managers by zone, both script addresses. */
  get addresses() {
    return this.#addresses ?? { servers: [...this.#servers], zones: {} };
  }

  /** The address that the desktop is connected to, or was last. */
  get server() {
    return this.#server ?? null;
  }

  /** Completion codes that wait to be applied. */
  get queuedWrapups() {
    return [...this.#wrapups].map(([id, entry]) => ({ id, ...entry.kept }));
  }

  // ---- connection ----

  /** Connects and keeps connected until close(). Resolves with the first welcome. */
  connect() {
    if (!this.#closed) {
      return this.#connecting.promise;
    }
    this.#closed = false;
    this.#attempt = 0;
    this.#notBefore = 0;
    this.#connecting = deferred();
    this.#env.page?.addEventListener('online', this.#hurry);
    this.#open();
    return this.#connecting.promise;
  }

  /** Ends the connection for good; the session waits for its grace time. Log off first to end it. */
  close() {
    this.#end(CODES.OK, 'closed by the desktop');
  }

  #open() {
    this.#reconnectTimer = undefined;
    this.#server = this.#next();
    let socket;
    try {
      socket = new this.#env.WebSocket(this.#server, [PROTOCOL]);
    } catch (failed) {
      // An address that is none: the next one may be better.
      this.#tell('connectfailed', { server: this.#server, reason: failed.message });
      this.#again();
      return;
    }
    this.#socket = socket;
    this.#watch(CONNECT_TIMEOUT);
    socket.onopen = () => this.#hello(socket);
    socket.onmessage = (message) => {
      if (socket === this.#socket) {
        this.#receive(message.data);
      }
    };
    socket.onerror = () => this.#lost(socket, 'error');
    socket.onclose = () => this.#lost(socket, 'closed');
  }

  #next() {
    if (this.#server === undefined) {
      return this.#servers[0];
    }
    return this.#servers[(this.#servers.indexOf(this.#server) + 1) % this.#servers.length];
  }

  async #hello(socket) {
    try {
      const given = this.#options.token;
      const token = typeof given === 'function' ? await given() : given;
      if (socket !== this.#socket) {
        return;
      }
      const hello = { type: 'hello', token, organisationId: this.#options.organisationId, client: this.#options.client };
      if (this.#session) {
        hello.resume = { ...this.#session, ...this.#position };
      }
      this.#send(hello);
    } catch (failed) {
      this.#lost(socket, `no token: ${failed.message}`);
    }
  }

  #lost(socket, reason) {
    if (socket !== this.#socket) {
      return;
    }
    this.#drop();
    if (!this.#closed) {
      this.#tell('disconnected', { server: this.#server, reason });
      this.#judge('connection');
      this.#again();
    }
  }

  /** Lets the socket go without waiting for its answer. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomed = false;
    this.#snapshotAsked = false;
    this.#env.clearTimeout(this.#watchTimer);
    if (socket) {
      socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null;
      try {
        socket.close();
      } catch {
        // It never was open.
      }
    }
  }

  #again() {
    const steps = Math.floor(this.#attempt / this.#servers.length);
    this.#attempt += 1;
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(steps, 10));
    const delay = Math.max(longest * (0.5 + this.#env.random() / 2), this.#notBefore);
    this.#notBefore = 0;
    this.#reconnectTimer = this.#env.setTimeout(() => this.#open(), delay);
  }

  /** The network is back: do not wait for the timer, which a hidden tab may slow down. */
  #tryNow() {
    if (this.#reconnectTimer !== undefined) {
      this.#env.clearTimeout(this.#reconnectTimer);
      this.#open();
    }
  }

  /** Late is no harm here: a slow timer only notices a dead line later, and any message sets it anew. */
  #watch(millis) {
    this.#env.clearTimeout(this.#watchTimer);
    const socket = this.#socket;
    this.#watchTimer = this.#env.setTimeout(() => this.#lost(socket, 'silent'), millis);
  }

  #end(code, reason) {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#env.page?.removeEventListener('online', this.#hurry);
    this.#env.clearTimeout(this.#reconnectTimer);
    this.#reconnectTimer = undefined;
    this.#drop();
    this.#judge('ended');
    const refusal = code === CODES.OK ? CODES.RETRY : code;
    this.#refuseAll(() => true, refusal, reason);
    this.#connecting.reject(new CommandRefused('connect', refusal, reason));
    this.#tell('ended', { code, reason });
  }

  #refuseAll(which, code, text) {
    for (const [id, entry] of this.#pending) {
      if (which(entry)) {
        this.#pending.delete(id);
        entry.reject(new CommandRefused(entry.frame.name, code, text));
      }
    }
  }

  // ---- frames ----

  #receive(text) {
    this.#watch(this.#welcomed ? this.#lostAfter : CONNECT_TIMEOUT);
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      this.#lost(this.#socket, 'the server does not speak the protocol');
      return;
    }
    switch (frame?.type) {
      case 'ping':
        // Here and now: handlers of messages run in hidden tabs too, timers hardly do.
        this.#send({ type: 'pong', number: frame.number, ...this.#position });
        this.#sinceAck = 0;
        break;
      case 'welcome':
        this.#welcome(frame);
        break;
      case 'result':
        this.#result(frame);
        break;
      case 'notify':
        this.#notify(frame);
        break;
      case 'snapshot':
        this.#snapshot(frame);
        break;
      case 'bye':
        this.#bye(frame);
        break;
      default:
      // A frame of a later version.
    }
  }

  #send(frame) {
    this.#socket?.send(JSON.stringify(frame));
  }

  #welcome(frame) {
    const before = this.#session;
    this.#welcomed = true;
    this.#attempt = 0;
    this.#zoneAvailable = true;
    this.#attachNo = frame.attachNo;
    this.#lostAfter = frame.lostAfterMillis;
    this.#loggedOn = frame.loggedOn;
    this.#session = { agentSessionId: frame.agentSessionId, attachNo: frame.attachNo };
    this.#watch(this.#lostAfter);
    if (!frame.resumed) {
      this.#position = { epoch: 0, seq: 0 };
      this.#view = emptyView();
      if (before) {
        this.#refuseAll(
          (entry) => entry.frame.name !== 'AGTLogon', CODES.WRONG_SESSION, 'the session is gone');
        this.#tell('sessionlost', { agentSessionId: before.agentSessionId });
      }
    }
    this.#keep();
    this.#tellAddresses(frame.addresses);
    this.#tell('connected', { server: this.#server, resumed: frame.resumed, loggedOn: frame.loggedOn });
    this.#judge();
    for (const entry of this.#pending.values()) {
      this.#sendCommand(entry);
    }
    this.#sendWrapups();
    this.#connecting.resolve({ resumed: frame.resumed, loggedOn: frame.loggedOn });
  }

  #result(frame) {
    const wrapup = this.#wrapups.get(frame.id);
    if (wrapup) {
      this.#wrapupResult(frame, wrapup);
      return;
    }
    const entry = this.#pending.get(frame.id);
    if (!entry) {
      return;
    }
    this.#pending.delete(frame.id);
    if (frame.code !== CODES.OK) {
      entry.reject(new CommandRefused(frame.name, frame.code, frame.text, frame.position));
      return;
    }
    const data = frame.data ?? {};
    if (frame.name === 'AGTLogon') {
      this.#session = { agentSessionId: data.agentSessionId, attachNo: data.attachNo };
      this.#attachNo = data.attachNo;
      this.#loggedOn = true;
      this.#view = { ...this.#view, agentState: data.agentState };
      this.#keep();
      this.#sendWrapups();
    } else if (frame.name === 'AGTLogoff') {
      this.#loggedOut();
    }
    entry.resolve(data);
  }

  #notify(frame) {
    switch (this.#verdict(frame)) {
      case 'drop':
        return;
      case 'snapshot':
        this.#askSnapshot();
        return;
      case 'take':
        this.#position = { epoch: frame.epoch, seq: frame.seq };
        this.#sinceAck += 1;
        if (this.#sinceAck >= ACK_EVERY) {
          this.#sinceAck = 0;
          this.#send({ type: 'ack', ...this.#position });
        }
        break;
      default:
    }
    const data = frame.data ?? {};
    this.#apply(frame.name, data);
    this.#tell(frame.name, data);
  }

  /** Position.notification of the Java protocol, word for word. */
  #verdict({ epoch, seq }) {
    const here = this.#position;
    if (seq === 0) {
      return 'aside';
    }
    if (epoch !== here.epoch) {
      return epoch < here.epoch ? 'drop' : 'snapshot';
    }
    if (seq <= here.seq) {
      return 'drop';
    }
    return seq === here.seq + 1 ? 'take' : 'snapshot';
  }

  #askSnapshot() {
    if (!this.#snapshotAsked && this.#welcomed) {
      this.#snapshotAsked = true;
      this.#command('CALGetSnapshot').catch(() => {
        // Nobody could give one now: the next notification, or POMAvailable, asks again.
        this.#snapshotAsked = false;
      });
    }
  }

  #snapshot({ epoch, seq, state }) {
    const here = this.#position;
    if (epoch < here.epoch || (epoch === here.epoch && seq < here.seq)) {
      return;
    }
    this.#snapshotAsked = false;
    this.#position = { epoch, seq };
    this.#view = { ...emptyView(), ...state };
    this.#sinceAck = 0;
    this.#send({ type: 'ack', epoch, seq });
    this.#tell('snapshot', this.#view);
  }

  #bye({ code, reason, reconnect, afterMillis }) {
    if (reconnect) {
      this.#notBefore = afterMillis ?? 0;
      this.#lost(this.#socket, reason);
    } else {
      this.#end(code, reason);
    }
  }

  /** What a notification changes in the desktop's view. */
  #apply(name, data) {
    const view = this.#view;
    const set = (changes) => {
      this.#view = { ...view, ...changes };
    };
    switch (name) {
      case 'AGTStateChangedNotify':
        set({ agentState: data.agentState, reasonName: data.reasonName });
        break;
      case 'AGTCallStateChangedNotify': {
        const gone = data.callState === 'Idle' || data.callState === 'NoState';
        set(gone ? { callState: data.callState, call: undefined, consults: [] } : { callState: data.callState });
        break;
      }
      case 'AGTNailupChange':
        set({ nailupStatus: data.nailupStatus });
        break;
      case 'AGTCapabilitiesChanged':
        set({ capabilities: data.capabilities });
        break;
      case 'AGTJobAttached':
        set({
          jobState: 'JobAttached', jobId: data.jobId, campaignName: data.campaignName, scripts: data.scripts,
        });
        break;
      case 'CALJobStateChanged':
        set({ jobState: data.jobState, jobId: data.jobId, campaignName: data.campaignName });
        break;
      case 'AGTCallNotify':
      case 'AGTConsultNotify':
      case 'AGTTransferNotify':
      case 'AGTConferenceNotify':
      case 'AGTConferenceOwnershipChanged':
        set({ call: { ...view.call, sessionId: data.sessionId, contact: data.contact } });
        break;
      case 'AGTAutoReleaseLine':
        set({ call: { ...view.call, sessionId: data.sessionId, wrapupDetails: data.wrapupDetails } });
        break;
      case 'AGTSessionIDChange':
        if (view.call?.sessionId === data.oldSessionId) {
          set({ call: { ...view.call, sessionId: data.newSessionId } });
        }
        break;
      case 'AGTPreviewCallbackPending':
        set({ callbacks: [...view.callbacks, { sessionId: data.sessionId, dueAt: data.dueAt }] });
        break;
      case 'AGTPreviewCallbackCancelled':
        set({ callbacks: view.callbacks.filter((callback) => callback.sessionId !== data.sessionId) });
        break;
      case 'AGTAgentLoggedOut':
        this.#loggedOut();
        break;
      case 'POMNotAvailable':
        this.#zoneAvailable = false;
        this.#judge('zone');
        break;
      case 'POMAvailable':
        this.#zoneAvailable = true;
        this.#judge();
        this.#sendWrapups();
        break;
      case 'AgentSDKConnectedRESP':
        this.#tellAddresses(data);
        break;
      case 'GetAgentStatus':
        this.#send({
          type: 'status',
          asked: data.asked,
          agentState: view.agentState,
          callState: view.callState,
          jobState: view.jobState,
          nailupStatus: view.nailupStatus,
          sessionId: view.call?.sessionId,
        });
        break;
      default:
    }
  }

  #loggedOut() {
    this.#loggedOn = false;
    this.#session = null;
    this.#position = { epoch: 0, seq: 0 };
    this.#view = emptyView();
    this.#keep();
  }

  #tellAddresses(addresses) {
    this.#addresses = addresses;
    if (addresses.servers?.length) {
      // What the page was configured with stays at the end: the only hope when a list was wrong.
      this.#servers = [...new Set([...addresses.servers, ...this.#options.servers])];
    }
    this.#tell('addresses', addresses);
  }

  #judge(reason) {
    const available = this.#welcomed && this.#zoneAvailable;
    if (available !== this.#available) {
      this.#available = available;
      this.#tell(available ? 'available' : 'notavailable', available ? {} : { reason });
    }
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // ---- commands ----

  #command(name, args = {}, sessionId = undefined) {
    if (!this.#welcomed) {
      return Promise.reject(new CommandRefused(name, CODES.RETRY, 'not connected; nothing was done'));
    }
    const { promise, resolve, reject } = deferred();
    const frame = { type: 'command', id: this.#newId(), name, sessionId, args: { ...args } };
    const entry = { frame, resolve, reject };
    this.#pending.set(frame.id, entry);
    this.#sendCommand(entry);
    return promise;
  }

  #sendCommand({ frame }) {
    this.#send({ ...frame, attachNo: this.#attachNo });
  }

  #newId() {
    this.#lastId += 1;
    return `${this.#idPrefix}-${this.#lastId}`;
  }

  // ---- completion codes that outlive the connection ----

  #wrapup(sessionId, completionCode) {
    if (this.#wrapups.size >= MOST_WRAPUPS) {
      return Promise.reject(new CommandRefused('AGTWrapupContact', CODES.LIMIT_REACHED, 'too many wait already'));
    }
    const waiting = deferred();
    const id = this.#newId();
    this.#wrapups.set(id, { kept: { sessionId, completionCode }, waiting, queued: false });
    this.#keep();
    if (this.#available && this.#loggedOn) {
      this.#sendWrapup(id);
    } else {
      this.#tellQueued(id);
    }
    return waiting.promise;
  }

  #tellQueued(id) {
    const entry = this.#wrapups.get(id);
    if (!entry.queued) {
      entry.queued = true;
      this.#tell('wrapupqueued', { id, ...entry.kept });
    }
  }

  #sendWrapups() {
    if (this.#available && this.#loggedOn) {
      for (const id of this.#wrapups.keys()) {
        this.#sendWrapup(id);
      }
    }
  }

  #sendWrapup(id) {
    const { sessionId, completionCode } = this.#wrapups.get(id).kept;
    this.#sendCommand({
      frame: { type: 'command', id, name: 'AGTWrapupContact', sessionId, args: { completionCode } },
    });
  }

  #wrapupResult(frame, entry) {
    const detail = { id: frame.id, ...entry.kept };
    if (frame.code !== CODES.OK && PASSING.has(frame.code)) {
      this.#tellQueued(frame.id);
      return;
    }
    this.#wrapups.delete(frame.id);
    this.#keep();
    if (frame.code === CODES.OK) {
      entry.waiting?.resolve(frame.data ?? {});
      this.#tell('wrapupapplied', detail);
    } else {
      entry.waiting?.reject(new CommandRefused(frame.name, frame.code, frame.text, frame.position));
      this.#tell('wrapuprefused', { ...detail, code: frame.code, text: frame.text });
    }
  }

  // ---- what outlives a reload of the page ----

  get #storageKey() {
    return this.#options.storageKey ?? `callisto-agent/${this.#options.organisationId}`;
  }

  #keep() {
    const wrapups = [...this.#wrapups].map(([id, entry]) => [id, entry.kept]);
    try {
      if (this.#session || wrapups.length) {
        this.#env.storage?.setItem(this.#storageKey, JSON.stringify({ session: this.#session, wrapups }));
      } else {
        this.#env.storage?.removeItem(this.#storageKey);
      }
    } catch {
      // Full or forbidden: the memory of this page still has everything.
    }
  }

  #recall() {
    try {
      const kept = JSON.parse(this.#env.storage?.getItem(this.#storageKey) ?? 'null');
      this.#session = kept?.session ?? null;
      for (const [id, entry] of kept?.wrapups ?? []) {
        this.#wrapups.set(id, { kept: entry, waiting: null, queued: true });
      }
    } catch {
      // Not ours, or of another version.
      this.#session = null;
      this.#wrapups.clear();
    }
  }

  // ---- one method per command: name, arguments and result are the protocol's ----

  AGTLogon(args) {
    return this.#command('AGTLogon', args);
  }

  AGTLogoff() {
    return this.#command('AGTLogoff');
  }

  AGTPendingLogout() {
    return this.#command('AGTPendingLogout');
  }

  AGTAgentDisconnected() {
    return this.#command('AGTAgentDisconnected');
  }

  AGTStateChange(args) {
    return this.#command('AGTStateChange', args);
  }

  AGTGetZoneList() {
    return this.#command('AGTGetZoneList');
  }

  AGTSkillsChanged(args) {
    return this.#command('AGTSkillsChanged', args);
  }

  AGTGetTimezones() {
    return this.#command('AGTGetTimezones');
  }

  AGTGetErrorString(args) {
    return this.#command('AGTGetErrorString', args);
  }

  AGTGetErrorInfo(args) {
    return this.#command('AGTGetErrorInfo', args);
  }

  AGTAvailableForNailup() {
    return this.#command('AGTAvailableForNailup');
  }

  AGTReadyForNailup() {
    return this.#command('AGTReadyForNailup');
  }

  AGTNailupAgent() {
    return this.#command('AGTNailupAgent');
  }

  AGTLostNailing() {
    return this.#command('AGTLostNailing');
  }

  AGTHoldCall(sessionId) {
    return this.#command('AGTHoldCall', {}, sessionId);
  }

  AGTUnholdCall(sessionId) {
    return this.#command('AGTUnholdCall', {}, sessionId);
  }

  AGTReleaseLine(sessionId) {
    return this.#command('AGTReleaseLine', {}, sessionId);
  }

  AGTSendDTMF(sessionId, args) {
    return this.#command('AGTSendDTMF', args, sessionId);
  }

  AGTRedial(sessionId, args) {
    return this.#command('AGTRedial', args, sessionId);
  }

  AGTPreviewDial(sessionId, args) {
    return this.#command('AGTPreviewDial', args, sessionId);
  }

  AGTPreviewCancel(sessionId) {
    return this.#command('AGTPreviewCancel', {}, sessionId);
  }

  AGTManualCallConnect(sessionId) {
    return this.#command('AGTManualCallConnect', {}, sessionId);
  }

  AGTGetConsultTypes(sessionId) {
    return this.#command('AGTGetConsultTypes', {}, sessionId);
  }

  AGTGetConsultDestsForType(sessionId, args) {
    return this.#command('AGTGetConsultDestsForType', args, sessionId);
  }

  AGTConsultCall(sessionId, args) {
    return this.#command('AGTConsultCall', args, sessionId);
  }

  AGTCancelConsult(sessionId, args) {
    return this.#command('AGTCancelConsult', args, sessionId);
  }

  AGTCompleteTransfer(sessionId) {
    return this.#command('AGTCompleteTransfer', {}, sessionId);
  }

  AGTStartConf(sessionId) {
    return this.#command('AGTStartConf', {}, sessionId);
  }

  AGTEndConf(sessionId) {
    return this.#command('AGTEndConf', {}, sessionId);
  }

  AGTConfChangeOwnership(sessionId) {
    return this.#command('AGTConfChangeOwnership', {}, sessionId);
  }

  AGTGetCompCodes(sessionId) {
    return this.#command('AGTGetCompCodes', {}, sessionId);
  }

  /** Kept while nobody can take it, and sent with the same id when somebody can; see wrapupqueued and wrapupapplied. */
  AGTWrapupContact(sessionId, { completionCode }) {
    return this.#wrapup(sessionId, completionCode);
  }

  AGTExtendWrapup(sessionId) {
    return this.#command('AGTExtendWrapup', {}, sessionId);
  }

  AGTGetCallbackTypes(sessionId) {
    return this.#command('AGTGetCallbackTypes', {}, sessionId);
  }

  AGTGetCallbackDestsForType(sessionId, args) {
    return this.#command('AGTGetCallbackDestsForType', args, sessionId);
  }

  AGTCreateCallback(sessionId, args) {
    return this.#command('AGTCreateCallback', args, sessionId);
  }

  AGTGetCustomerDetails(sessionId) {
    return this.#command('AGTGetCustomerDetails', {}, sessionId);
  }

  AGTSetCustomerDetail(sessionId, args) {
    return this.#command('AGTSetCustomerDetail', args, sessionId);
  }

  AGTGetContactAttributes() {
    return this.#command('AGTGetContactAttributes');
  }

  AGTAddAgentNote(sessionId, args) {
    return this.#command('AGTAddAgentNote', args, sessionId);
  }

  AGTRefreshAgentNotes(sessionId) {
    return this.#command('AGTRefreshAgentNotes', {}, sessionId);
  }

  AGTAddToDNC(sessionId, args) {
    return this.#command('AGTAddToDNC', args, sessionId);
  }

  AGTIsInDNC(sessionId, args) {
    return this.#command('AGTIsInDNC', args, sessionId);
  }

  AGTGetWorkRequestId(sessionId) {
    return this.#command('AGTGetWorkRequestId', {}, sessionId);
  }

  AGTBlendToInbound() {
    return this.#command('AGTBlendToInbound');
  }

  AGTBlendToOutbound() {
    return this.#command('AGTBlendToOutbound');
  }

  AGTSaveAgentForHA() {
    return this.#command('AGTSaveAgentForHA');
  }

  GetPAMForZone(args = {}) {
    return this.#command('GetPAMForZone', args);
  }

  CALGetSnapshot() {
    return this.#command('CALGetSnapshot');
  }

  CALGetJobs() {
    return this.#command('CALGetJobs');
  }

  CALAttachJob(args) {
    return this.#command('CALAttachJob', args);
  }

  CALDetachJob() {
    return this.#command('CALDetachJob');
  }

  CALMoveJob(args) {
    return this.#command('CALMoveJob', args);
  }

  CALSetPreferredJobs(args) {
    return this.#command('CALSetPreferredJobs', args);
  }
}

function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => {
    result.resolve = resolve;
    result.reject = reject;
  });
  // Whoever does not wait for it need not handle it either; whoever does still gets the rejection.
  result.promise.catch(() => {});
  return result;
}

function storageOf(page) {
  try {
    return page.sessionStorage ?? null;
  } catch {
    return null;
  }
}
