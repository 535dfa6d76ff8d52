// Tests of the SDK, each by its sentence. They run in the JVM with every build, and in Node.js where there is one.
import { CallistoAgent, CODES, NOTIFICATIONS, PROTOCOL } from '../../../callisto-agent.js';
import { World, equal, nextSocket, outcome, settle } from './world.mjs';

const EPOCH = 2 ** 40 + 7;
const SERVERS = ['wss://s1/agent/v1', 'wss://s2/agent/v1', 'wss://s3/agent/v1'];
const OWN = [
  'addresses', 'available', 'connected', 'connectfailed', 'disconnected', 'ended', 'notavailable', 'sessionlost',
  'snapshot', 'wrapupapplied', 'wrapupqueued', 'wrapuprefused',
];

function desktop(world = new World(), options = {}) {
  const agent = new CallistoAgent({ servers: SERVERS, token: 't-1', organisationId: 7, env: world.env, ...options });
  const events = [];
  for (const name of [...OWN, ...NOTIFICATIONS]) {
    agent.addEventListener(name, (event) => events.push([name, event.detail]));
  }
  return { world, agent, events, names: () => events.map(([name]) => name) };
}

const welcome = (more = {}) => ({
  type: 'welcome', agentSessionId: 'as-1', attachNo: 1, resumed: false, loggedOn: false,
  addresses: { servers: SERVERS, zones: { Default: 's1:9200' } },
  heartbeatMillis: 5000, lostAfterMillis: 15000, graceMillis: 120000, ...more,
});

const notify = (seq, name = 'AGTStateChangedNotify', data = { agentState: 'Ready' }, epoch = EPOCH) =>
  ({ type: 'notify', epoch, seq, name, data });

const view = (more = {}) => ({
  agentId: 'a-7', agentState: 'Ready', callState: 'Talking', jobState: 'JobAttached', nailupStatus: 'NailedUp',
  call: { sessionId: 'c-1', contact: { type: 'Predictive', contactId: '1', numbers: [] } },
  consults: [], callbacks: [], capabilities: ['AGTHoldCall'], ...more,
});

const snapshot = (seq, more = {}, epoch = EPOCH) => ({ type: 'snapshot', epoch, seq, state: view(more) });

async function connected(more = {}, options = {}) {
  const it = desktop(undefined, options);
  const first = it.agent.connect();
  await it.world.socket.accept();
  await it.world.socket.tell(welcome(more));
  await first;
  return it;
}

async function loggedOn() {
  const it = await connected();
  const logon = it.agent.AGTLogon({ extension: '4711' });
  await answer(it.world.socket, 'AGTLogon', {
    agentSessionId: 'as-1', attachNo: 2, takenOver: false, agentState: 'NotReady',
  });
  await logon;
  await it.world.socket.tell(snapshot(10));
  return it;
}

async function answer(socket, name, data = {}, code = 0) {
  const command = socket.commands(name).pop();
  const text = code ? 'no' : 'OK';
  await socket.tell({ type: 'result', id: command.id, name, code, text, data: code ? undefined : data });
}

/** The connection is lost and comes back at the next address. */
async function cut(it, more = {}) {
  await it.world.socket.fail();
  await it.world.pass(300);
  await it.world.socket.accept();
  await it.world.socket.tell(welcome({ resumed: true, loggedOn: true, attachNo: 3, ...more }));
}

export const tests = {
  async 'it says hello with the token, and is welcomed'() {
    const { world, agent, names } = await connected({}, { token: async () => 't-2' });
    equal(world.socket.protocols, [PROTOCOL]);
    equal(world.socket.sent[0], {
      type: 'hello', token: 't-2', organisationId: 7, client: 'callisto-agent-js/0.1.0',
    });
    equal([agent.connected, agent.available, agent.loggedOn], [true, true, false]);
    equal(names(), ['addresses', 'connected', 'available']);
  },

  async 'a command is answered with its data, or refused with its code'() {
    const { world, agent } = await loggedOn();
    const codes = agent.AGTGetCompCodes('c-1');
    const sent = world.socket.commands('AGTGetCompCodes')[0];
    equal([sent.sessionId, sent.attachNo, sent.args], ['c-1', 2, {}]);
    await answer(world.socket, 'AGTGetCompCodes', { codes: [{ codeID: 5, codeValue: 'Sold' }] });
    equal((await outcome(codes)).value.codes[0].codeValue, 'Sold');

    const held = agent.AGTHoldCall('c-0');
    await answer(world.socket, 'AGTHoldCall', {}, 4005);
    const refused = await outcome(held);
    equal([refused.state, refused.code, refused.error.command], ['refused', 4005, 'AGTHoldCall']);
  },

  async 'ids of commands are unique, over a reload of the page too'() {
    const { world, agent } = await loggedOn();
    agent.AGTGetZoneList();
    agent.AGTGetZoneList();
    let turn = 0.1;
    world.env.random = () => (turn += 0.01);
    const again = desktop(world);
    again.agent.connect();
    await world.socket.accept();
    await world.socket.tell(welcome({ resumed: true, loggedOn: true }));
    again.agent.AGTGetZoneList();
    const ids = world.sockets.flatMap((socket) => socket.frames('command').map((frame) => frame.id));
    equal(new Set(ids).size, ids.length);
    equal(ids.every((id) => /^[A-Za-z0-9._:-]{1,64}$/.test(id)), true);
  },

  async 'a lost connection resumes at the next address and sends unanswered commands again, once, by the same id'() {
    const it = await loggedOn();
    const first = it.world.socket;
    const held = it.agent.AGTHoldCall('c-1');
    await cut(it);
    equal(it.world.socket.url, SERVERS[1]);
    equal(it.world.socket.last('hello').resume, { agentSessionId: 'as-1', attachNo: 2, epoch: EPOCH, seq: 10 });
    const [before] = first.commands('AGTHoldCall');
    const again = it.world.socket.commands('AGTHoldCall');
    equal(again.length, 1);
    equal(again[0], { ...before, attachNo: 3 });
    await answer(it.world.socket, 'AGTHoldCall');
    equal((await outcome(held)).state, 'done');
    await cut(it);
    equal(it.world.socket.commands('AGTHoldCall').length, 0, 'answered ones are not sent again:');
  },

  async 'a command given without a connection is refused at once, with the code for later'() {
    const it = await loggedOn();
    await it.world.socket.fail();
    const held = await outcome(it.agent.AGTHoldCall('c-1'));
    equal([held.state, held.code, held.error.passing], ['refused', CODES.RETRY, true]);
    await it.world.pass(300);
    await it.world.socket.accept();
    await it.world.socket.tell(welcome({ resumed: true, loggedOn: true }));
    equal(it.world.socket.frames('command').length, 0);
  },

  async 'a session that is gone refuses what was asked in it, and is told'() {
    const it = await loggedOn();
    const held = it.agent.AGTHoldCall('c-1');
    await cut(it, { resumed: false, loggedOn: false, agentSessionId: 'as-2' });
    equal((await outcome(held)).code, CODES.WRONG_SESSION);
    equal(it.names().includes('sessionlost'), true);
    equal(it.agent.agentSessionId, 'as-2');
  },

  async 'a logon that was under way is sent again to whoever answers'() {
    const it = await connected();
    const logon = it.agent.AGTLogon({ extension: '4711', force: true });
    await cut(it, { resumed: false, loggedOn: false, agentSessionId: 'as-2', attachNo: 1 });
    equal(it.world.socket.commands('AGTLogon')[0].args, { extension: '4711', force: true });
    await answer(it.world.socket, 'AGTLogon', {
      agentSessionId: 'as-0', attachNo: 9, takenOver: true, agentState: 'Ready',
    });
    equal((await outcome(logon)).value.takenOver, true);
    it.agent.AGTGetZoneList();
    equal([it.agent.agentSessionId, it.world.socket.last('command').attachNo], ['as-0', 9]);
  },

  async 'it tries all addresses, waits longer from round to round, and never gives up'() {
    const { world, agent } = desktop();
    agent.connect();
    const tried = [];
    const waits = [];
    for (let i = 0; i < 30; i += 1) {
      tried.push(world.socket.url);
      await world.socket.fail();
      waits.push(await nextSocket(world));
    }
    equal(tried.slice(0, 4), [...SERVERS, SERVERS[0]]);
    const round = (n) => waits.slice(3 * n, 3 * n + 3);
    equal([round(0), round(1), round(2)], [[187.5, 187.5, 187.5], [375, 375, 375], [750, 750, 750]]);
    equal(round(9), [7500, 7500, 7500]);
  },

  async 'jitter spreads the desktops of a lost server'() {
    const wait = async (dice) => {
      const world = new World();
      world.env.random = () => dice;
      const it = desktop(world);
      it.agent.connect();
      await it.world.socket.fail();
      return nextSocket(it.world);
    };
    equal([await wait(0), await wait(0.5), await wait(1)], [125, 187.5, 250]);
  },

  async 'a server that does not answer hello in time is left for the next one'() {
    const { world, agent } = desktop();
    agent.connect();
    await world.socket.accept();
    await world.pass(5_300);
    equal([world.sockets[0].closed, world.socket.url], [true, SERVERS[1]]);
  },

  async 'the network that comes back is used at once'() {
    const it = await loggedOn();
    await it.world.socket.fail();
    equal(it.world.sockets.length, 1);
    it.world.listeners.get('online')();
    equal(it.world.sockets.length, 2);
    await it.world.pass(1_000);
    equal(it.world.sockets.length, 2, 'and the timer does not do it again: sockets');
  },

  async 'a ping is answered in the handler, without any timer'() {
    const { world } = await loggedOn();
    world.env.setTimeout = () => 0;
    world.socket.onmessage({ data: '{"type":"ping","number":4}' });
    equal(world.socket.last('pong'), { type: 'pong', number: 4, epoch: EPOCH, seq: 10 });
  },

  async 'a line that went silent is given up'() {
    const it = await loggedOn();
    const first = it.world.socket;
    await it.world.pass(14_000);
    await first.tell({ type: 'ping', number: 1 });
    await it.world.pass(14_000);
    equal(first.closed, false);
    await it.world.pass(1_500);
    equal([first.closed, it.world.sockets.length], [true, 2]);
    equal(it.events.find(([name]) => name === 'disconnected')[1].reason, 'silent');
  },

  async 'notifications come once and in order'() {
    const it = await loggedOn();
    const before = it.events.length;
    for (const seq of [11, 11, 10, 12, 5, 12]) {
      await it.world.socket.tell(notify(seq));
    }
    equal(it.names().slice(before), ['AGTStateChangedNotify', 'AGTStateChangedNotify']);
    equal(it.world.socket.commands('CALGetSnapshot').length, 0);
  },

  async 'a gap asks for one snapshot, and goes on from there'() {
    const it = await loggedOn();
    const before = it.events.length;
    await it.world.socket.tell(notify(12));
    await it.world.socket.tell(notify(13));
    equal(it.world.socket.commands('CALGetSnapshot').length, 1);
    await it.world.socket.tell(snapshot(13, { callState: 'Wrapup' }));
    await it.world.socket.tell(notify(14));
    equal(it.names().slice(before), ['snapshot', 'AGTStateChangedNotify']);
    equal(it.agent.state.callState, 'Wrapup');
    equal(it.world.socket.last('ack'), { type: 'ack', epoch: EPOCH, seq: 13 });
  },

  async 'another owner is heard after its snapshot, and the former one never again'() {
    const it = await loggedOn();
    const before = it.events.length;
    await it.world.socket.tell(notify(1, 'AGTHeld', {}, EPOCH + 1));
    await it.world.socket.tell(snapshot(3, {}, EPOCH + 1));
    await it.world.socket.tell(notify(11));
    await it.world.socket.tell(snapshot(12));
    await it.world.socket.tell(notify(4, 'AGTStateChangedNotify', { agentState: 'NotReady' }, EPOCH + 1));
    equal(it.names().slice(before), ['snapshot', 'AGTStateChangedNotify']);
    equal(it.agent.state.agentState, 'NotReady');
  },

  async 'a snapshot that nobody could give is asked for again'() {
    const it = await loggedOn();
    await it.world.socket.tell(notify(12));
    await answer(it.world.socket, 'CALGetSnapshot', {}, CODES.RETRY);
    await it.world.socket.tell(notify(13));
    equal(it.world.socket.commands('CALGetSnapshot').length, 2);
  },

  async 'what has arrived is acknowledged every sixteen notifications'() {
    const it = await loggedOn();
    for (let seq = 11; seq <= 26; seq += 1) {
      await it.world.socket.tell(notify(seq));
    }
    equal(it.world.socket.frames('ack').map((frame) => frame.seq), [10, 26]);
  },

  async 'a zone without an owner is told, and its return'() {
    const it = await loggedOn();
    const before = it.events.length;
    await it.world.socket.tell(notify(0, 'POMNotAvailable', { zone: 'Default' }, 0));
    equal(it.agent.available, false);
    await it.world.socket.tell(notify(0, 'AGTZoneDown', { zone: 'Default', gracePeriodMinutes: 5 }, 0));
    await it.world.socket.tell(notify(0, 'POMAvailable', { zone: 'Default' }, 0));
    equal(it.agent.available, true);
    equal(it.names().slice(before), ['notavailable', 'POMNotAvailable', 'AGTZoneDown', 'available', 'POMAvailable']);
    equal(it.events[before][1], { reason: 'zone' });
  },

  async 'a lost connection is told as not available, and its return'() {
    const it = await loggedOn();
    const before = it.events.length;
    await it.world.socket.fail();
    equal(it.names().slice(before), ['disconnected', 'notavailable']);
    equal(it.events[before + 1][1], { reason: 'connection' });
    await it.world.pass(300);
    await it.world.socket.accept();
    await it.world.socket.tell(welcome({ resumed: true, loggedOn: true }));
    equal(it.names().slice(before + 2), ['addresses', 'connected', 'available']);
  },

  async 'addresses are had at login and kept fresh'() {
    const it = await connected({
      addresses: {
        servers: ['wss://n1', 'wss://n2'], zones: { Default: 'n1:9200' },
        scripts: { primary: 'https://p', auxiliary: 'https://x' },
      },
    });
    equal(it.agent.addresses.scripts, { primary: 'https://p', auxiliary: 'https://x' });
    const fresh = { servers: ['wss://n3'], zones: { Default: 'n3:9200' }, scripts: { primary: 'https://q' } };
    await it.world.socket.tell(notify(0, 'AgentSDKConnectedRESP', fresh, 0));
    equal(it.agent.addresses, fresh);
    equal(it.events.filter(([name]) => name === 'addresses').pop()[1], fresh);
    const tried = [];
    for (let i = 0; i < 5; i += 1) {
      await it.world.socket.fail();
      await nextSocket(it.world);
      tried.push(it.world.socket.url);
    }
    equal(tried, [SERVERS[1], SERVERS[2], 'wss://n3', SERVERS[0], SERVERS[1]], 'after the one in use (s1):');
  },

  async 'a completion code given without a connection is applied after the resume'() {
    const it = await loggedOn();
    await it.world.socket.fail();
    const wrapup = it.agent.AGTWrapupContact('c-1', { completionCode: 'Sold' });
    equal((await outcome(wrapup)).state, 'pending');
    equal(it.agent.queuedWrapups.map(({ sessionId, completionCode }) => [sessionId, completionCode]), [['c-1', 'Sold']]);
    await it.world.pass(300);
    await it.world.socket.accept();
    await it.world.socket.tell(welcome({ resumed: true, loggedOn: true, attachNo: 3 }));
    const [sent] = it.world.socket.commands('AGTWrapupContact');
    equal([sent.sessionId, sent.args, sent.attachNo], ['c-1', { completionCode: 'Sold' }, 3]);
    await answer(it.world.socket, 'AGTWrapupContact');
    equal((await outcome(wrapup)).state, 'done');
    equal(it.names().filter((name) => name.startsWith('wrapup')), ['wrapupqueued', 'wrapupapplied']);
    equal(it.agent.queuedWrapups, []);
  },

  async 'a completion code waits out a zone without an owner, under one id'() {
    const it = await loggedOn();
    const wrapup = it.agent.AGTWrapupContact('c-1', { completionCode: 'Sold' });
    await answer(it.world.socket, 'AGTWrapupContact', {}, CODES.RETRY);
    equal((await outcome(wrapup)).state, 'pending');
    await it.world.socket.tell(notify(0, 'POMNotAvailable', { zone: 'Default' }, 0));
    await it.world.socket.tell(notify(0, 'POMAvailable', { zone: 'Default' }, 0));
    const sent = it.world.socket.commands('AGTWrapupContact');
    equal([sent.length, new Set(sent.map((frame) => frame.id)).size], [2, 1]);
    await answer(it.world.socket, 'AGTWrapupContact');
    equal((await outcome(wrapup)).state, 'done');
  },

  async 'a completion code survives a reload of the page, even when the session did not'() {
    const it = await loggedOn();
    await it.world.socket.fail();
    it.agent.AGTWrapupContact('c-1', { completionCode: 'Sold' });
    const id = it.agent.queuedWrapups[0].id;
    const page = desktop(it.world);
    page.agent.connect();
    await it.world.socket.accept();
    equal(it.world.socket.last('hello').resume.agentSessionId, 'as-1');
    await it.world.socket.tell(welcome({ agentSessionId: 'as-2' }));
    equal(it.world.socket.commands('AGTWrapupContact').length, 0, 'not before the agent is logged on:');
    page.agent.AGTLogon({ extension: '4711' });
    await answer(it.world.socket, 'AGTLogon', {
      agentSessionId: 'as-2', attachNo: 1, takenOver: false, agentState: 'NotReady',
    });
    equal(it.world.socket.commands('AGTWrapupContact').map((frame) => frame.id), [id]);
    await answer(it.world.socket, 'AGTWrapupContact', {}, 4005);
    const [name, detail] = page.events[page.events.length - 1];
    equal([name, detail], ['wrapuprefused', { id, sessionId: 'c-1', completionCode: 'Sold', code: 4005, text: 'no' }]);
    equal(page.agent.queuedWrapups, []);
  },

  async 'the queue of completion codes has a limit'() {
    const it = await loggedOn();
    await it.world.socket.fail();
    for (let i = 0; i < 20; i += 1) {
      it.agent.AGTWrapupContact(`c-${i}`, { completionCode: 'Sold' });
    }
    const over = await outcome(it.agent.AGTWrapupContact('c-20', { completionCode: 'Sold' }));
    equal([over.code, it.agent.queuedWrapups.length], [CODES.LIMIT_REACHED, 20]);
  },

  async 'storage that is full, forbidden or filled by others does no harm'() {
    const broken = new World();
    broken.env.storage = {
      getItem: () => { throw new Error('forbidden'); },
      setItem: () => { throw new Error('full'); },
      removeItem: () => { throw new Error('forbidden'); },
    };
    const strange = new World();
    strange.kept.set('callisto-agent/7', '{"wrapups":7}');
    for (const world of [broken, strange]) {
      const it = desktop(world);
      it.agent.connect();
      await world.socket.accept();
      await world.socket.tell(welcome());
      equal([it.agent.connected, world.socket.last('hello').resume], [true, undefined]);
    }
  },

  async 'the desktop answers what it shows when a new owner asks'() {
    const it = await loggedOn();
    await it.world.socket.tell(notify(11, 'AGTCallStateChangedNotify', { callState: 'Held', sessionId: 'c-1' }));
    await it.world.socket.tell(notify(12, 'AGTSessionIDChange', { oldSessionId: 'c-1', newSessionId: 'c-2' }));
    await it.world.socket.tell(notify(0, 'GetAgentStatus', { agentId: 'a-7', asked: 5 }, EPOCH + 1));
    equal(it.world.socket.last('status'), {
      type: 'status', asked: 5, agentState: 'Ready', callState: 'Held', jobState: 'JobAttached',
      nailupStatus: 'NailedUp', sessionId: 'c-2',
    });
    const fresh = await connected();
    await fresh.world.socket.tell(notify(0, 'GetAgentStatus', { agentId: 'a-7', asked: 1 }, 0));
    equal(fresh.world.socket.last('status').agentState, 'Logout');
  },

  async 'notifications change what the desktop shows'() {
    const it = await loggedOn();
    let seq = 10;
    const tell = (name, data) => it.world.socket.tell(notify((seq += 1), name, data));
    await tell('AGTNailupChange', { nailupStatus: 'Lost' });
    await tell('AGTJobAttached', { campaignName: 'B', jobId: 18, scripts: { primary: 'https://b' } });
    await tell('AGTCapabilitiesChanged', { capabilities: ['AGTReleaseLine'] });
    await tell('AGTPreviewCallbackPending', { sessionId: 'c-9', dueAt: '2026-11-22T10:15:30.000Z' });
    equal(it.agent.state.callbacks.length, 1);
    await tell('AGTPreviewCallbackCancelled', { sessionId: 'c-9' });
    await tell('AGTAutoReleaseLine', { sessionId: 'c-1', wrapupDetails: { remainingMillis: 9, extensionsLeft: 1 } });
    equal(it.agent.state.call.wrapupDetails.extensionsLeft, 1);
    await tell('AGTCallStateChangedNotify', { callState: 'Idle' });
    await tell('AGTConsultNotify', { sessionId: 'c-3', contact: { type: 'Predictive', contactId: '3', numbers: [] } });
    await tell('CALJobStateChanged', { jobState: 'JobEnd' });
    const { nailupStatus, jobState, capabilities, callbacks, call, callState } = it.agent.state;
    equal([nailupStatus, jobState, capabilities, callbacks, call.sessionId, callState],
      ['Lost', 'JobEnd', ['AGTReleaseLine'], [], 'c-3', 'Idle']);
    await tell('AGTAgentLoggedOut', { errorCode: 4099, reason: 'Desktop Error' });
    equal([it.agent.loggedOn, it.agent.agentSessionId, it.agent.state.agentState], [false, null, 'Logout']);
    equal(it.world.kept.size, 0);
    const zones = it.agent.AGTGetZoneList();
    await answer(it.world.socket, 'AGTGetZoneList', { zones: ['Default'] });
    equal((await outcome(zones)).state, 'done', 'the connection still serves:');
  },

  async 'a bye that says come back is obeyed, not before its time'() {
    const it = await loggedOn();
    await it.world.socket.tell({ type: 'bye', code: 4019, reason: 'stopping', reconnect: true, afterMillis: 2000 });
    await it.world.pass(1_900);
    equal(it.world.sockets.length, 1);
    await it.world.pass(200);
    equal(it.world.socket.url, SERVERS[1]);
  },

  async 'a bye that says stay away ends it, and connect() begins again'() {
    const it = await loggedOn();
    const held = it.agent.AGTHoldCall('c-1');
    await it.world.socket.tell({ type: 'bye', code: 4006, reason: 'another desktop', reconnect: false });
    equal((await outcome(held)).code, CODES.STALE_ATTACH);
    equal(it.events[it.events.length - 1], ['ended', { code: 4006, reason: 'another desktop' }]);
    await it.world.pass(60_000);
    equal([it.world.sockets.length, it.world.timers.length], [1, 0]);
    it.agent.connect();
    equal(it.world.sockets.length, 2);
  },

  async 'close leaves nothing behind'() {
    const it = await loggedOn();
    const held = it.agent.AGTHoldCall('c-1');
    const last = it.world.socket;
    it.agent.close();
    equal([(await outcome(held)).code, last.closed], [CODES.RETRY, true]);
    await it.world.pass(60_000);
    equal([it.world.sockets.length, it.world.timers.length, it.world.listeners.size], [1, 0, 0]);
  },

  async 'a token that cannot be had is tried for again'() {
    let tries = 0;
    const token = async () => {
      tries += 1;
      if (tries < 3) {
        throw new Error('no network');
      }
      return 't-3';
    };
    const it = desktop(undefined, { token });
    it.agent.connect();
    for (let i = 0; i < 3; i += 1) {
      await it.world.socket.accept();
      await it.world.pass(300);
    }
    equal(it.world.socket.last('hello').token, 't-3');
  },

  async 'frames of a later version, and of no version, do not stop it'() {
    const it = await loggedOn();
    await it.world.socket.tell({ type: 'later', x: 1 });
    await it.world.socket.tell(notify(11, 'CALLaterNotify', { x: 1 }));
    await it.world.socket.tell(notify(12));
    equal(it.names().pop(), 'AGTStateChangedNotify');
    await it.world.socket.tell('<html>');
    equal(it.events.find(([name]) => name === 'disconnected')[1].reason, 'the server does not speak the protocol');
  },

  async 'every command has its method, with its name and arguments'() {
    const it = await loggedOn();
    const names = Object.getOwnPropertyNames(CallistoAgent.prototype).filter((name) => /^(AGT|CAL|GetPAM)/.test(name));
    for (const name of names) {
      const args = { completionCode: 'Sold', digits: '1' };
      const needsCall = CallistoAgent.prototype[name].toString().includes('sessionId');
      const parameters = needsCall ? ['c-1', args] : [args];
      it.agent[name](...parameters);
      await settle();
      const sent = it.world.socket.commands(name).pop();
      equal([sent?.name, sent?.sessionId], [name, needsCall ? 'c-1' : undefined]);
    }
    equal(names.length > 50, true);
  },

  async 'nonsense options are refused with what to do'() {
    for (const options of [undefined, {}, { servers: [] }]) {
      let said = '';
      try {
        new CallistoAgent(options);
      } catch (refused) {
        said = refused.message;
      }
      equal(said.includes('options.servers'), true);
    }
    const world = new World();
    const make = world.env.WebSocket;
    world.env.WebSocket = class extends make {
      constructor(url) {
        if (url === 'nonsense') {
          throw new SyntaxError('no address');
        }
        super(url);
      }
    };
    const it = desktop(world, { servers: ['nonsense', 'wss://good'] });
    it.agent.connect();
    await world.pass(300);
    equal(world.socket.url, 'wss://good');
  },
};
