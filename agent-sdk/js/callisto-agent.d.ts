// SPDX-License-Identifier: Apache-2.0
// Types of callisto-agent.js. What stands between the marks is generated from the protocol; rewrite it with
// ./mvnw -pl agent-sdk/protocol -am verify -Dcallisto.docs.update=true

export declare const PROTOCOL: 'callisto.agent.v1';
export declare const VERSION: string;
export declare const CODES: Readonly<{
  OK: 0;
  WRONG_SESSION: 4005;
  STALE_ATTACH: 4006;
  CREDENTIALS_EXPIRED: 4009;
  OTHER_DESKTOP: 4010;
  RETRY: 4011;
  LIMIT_REACHED: 4018;
  FAILED: 4099;
  MEDIA_SERVER: 9007;
  MEDIA_UNREACHABLE: 9009;
}>;
export declare const NOTIFICATIONS: ReadonlyArray<keyof Notifications>;

/** Why a command was not done. */
export declare class CommandRefused extends Error {
  constructor(command: string, code: number, text: string, position?: string);
  readonly command: string;
  /** Number of the error, see docs/reference/agent-protocol.md. */
  readonly code: number;
  /** Where the command is wrong: a JSON pointer into its frame. */
  readonly position?: string;
  /** Whether the same command may well succeed a little later. */
  readonly passing: boolean;
}

export interface CallistoAgentOptions {
  /** Addresses to begin with, as wss://host/agent/v1; the cluster tells the rest. */
  servers: string[];
  /** Token of the agent; a function is asked before each connection. */
  token: string | (() => string | Promise<string>);
  organisationId?: number;
  /** Name and version of the desktop, for the server's log. */
  client?: string;
  /** Key in sessionStorage; needed when one page holds several agents. */
  storageKey?: string;
  /** Replaces what the browser gives; for tests. */
  env?: Partial<CallistoAgentEnv>;
}

export interface CallistoAgentEnv {
  WebSocket: new (url: string, protocols: string[]) => WebSocket;
  setTimeout(task: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  random(): number;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null;
}

export interface QueuedWrapup {
  id: string;
  /** The call. */
  sessionId: string;
  completionCode: string;
}

/** Events of the SDK itself, with their details. */
export interface SdkEvents {
  /** Welcomed by a server. */
  connected: { server: string; resumed: boolean; loggedOn: boolean };
  /** The connection is lost; the SDK connects again by itself. */
  disconnected: { server: string; reason: string };
  /** An address that no connection can be made to. */
  connectfailed: { server: string; reason: string };
  /** Commands have a chance again. */
  available: Record<string, never>;
  /** Commands are refused for now; calls go on. */
  notavailable: { reason: 'zone' | 'connection' | 'ended' };
  /** The session could not be resumed: log on again. */
  sessionlost: { agentSessionId: string };
  /** The connection is over for good: another desktop took over, credentials expired, or close() was called. */
  ended: { code: number; reason: string };
  /** The state was replaced as a whole. */
  snapshot: AgentView;
  /** Addresses of servers, agent managers and scripts; at login and whenever they change. */
  addresses: DesktopAddresses;
  /** A completion code waits until somebody can take it. */
  wrapupqueued: QueuedWrapup;
  /** It was taken. */
  wrapupapplied: QueuedWrapup;
  /** It was refused, for good. */
  wrapuprefused: QueuedWrapup & { code: number; text: string };
}

export type CallistoAgentEvents = SdkEvents & Notifications;

// begin types, generated
export interface Logon {
  /** Telephone number or address that the agent's line is nailed up to. */
  extension: string;
  /** Password of that line, where it has one. */
  password?: string;
  /** Take the session over from another desktop. */
  force?: boolean;
  /** Language tag for texts, as en-GB. */
  locale?: string;
  /** IANA name of the agent's time zone. */
  timeZone?: string;
  /** Zone to work in; the agent's own where it is left out. */
  zone?: string;
}

export interface LoggedOn {
  /** Session of the agent, also where another desktop began it. */
  agentSessionId: string;
  /** Number of this attach; commands carry it from now on. */
  attachNo: number;
  /** Whether a living session was taken over; a snapshot follows. */
  takenOver: boolean;
  /** State of the agent now. */
  agentState: 'Ready' | 'NotReady' | 'PendingNotReady' | 'PendingLogout' | 'Busy' | 'WorkNotReady' | 'Logout' | 'Unknown' | (string & {});
}

export type Nothing = Record<string, never>;

export interface StateChange {
  /** State asked for; during a call NotReady becomes PendingNotReady. */
  agentState: 'Ready' | 'NotReady';
  /** Code of the reason. */
  reasonCode?: string;
  /** Name of the reason. */
  reasonName?: string;
  /** The agent has left the desk. */
  hasWalkedAway?: boolean;
}

export interface StateChanged {
  /** State that the agent has now. */
  agentState: 'Ready' | 'NotReady' | 'PendingNotReady' | 'PendingLogout' | 'Busy' | 'WorkNotReady' | 'Logout' | 'Unknown' | (string & {});
}

export interface Zones {
  /** Names of the zones that the agent may work in. */
  zones: string[];
}

export interface Skill {
  /** Name of the skill. */
  name: string;
  /** Level, the higher the better. */
  level: number;
}

export interface Skills {
  /** All skills that the agent has from now on. */
  skills: Skill[];
}

export interface Named {
  /** Id of it. */
  id: string;
  /** Name for people. */
  name: string;
}

export interface TimeZones {
  /** IANA names of time zones with their names for people. */
  timeZones: Named[];
}

export interface ErrorCode {
  /** Number of the error. */
  errorCode: number;
}

export interface ErrorText {
  /** What happened, in English. */
  text: string;
  /** The same in the language of the session. */
  localizedText: string;
}

export interface ErrorInfo {
  /** Number of the error. */
  errorCode: number;
  /** What happened. */
  errorString: string;
  /** What to do. */
  whatToDo?: string;
}

export interface WrapupDetails {
  /** What is left of the wrap-up time, in milliseconds; left out where it has no end. */
  remainingMillis?: number;
  /** How often it may still be extended. */
  extensionsLeft: number;
  /** Completion code that it gets when the time is over. */
  defaultCode?: string;
}

export interface Wrapup {
  /** The wrap-up; left out where there is none. */
  wrapupDetails?: WrapupDetails;
  /** The call that it is about. */
  sessionId?: string;
}

export interface Digits {
  /** Tones to send. */
  digits: string;
}

export interface NumberChoice {
  /** The number to dial, or the name of the contact's attribute that holds it. */
  number: string;
}

export interface ConsultTypes {
  /** Kinds of destinations, as Agent, Skill, External. */
  destinationTypes: string[];
  /** Whether any number may be entered. */
  allowFreeForm: boolean;
}

export interface ConsultType {
  /** One of the kinds of AGTGetConsultTypes. */
  type: string;
}

export interface Destination {
  /** Id of it, for the commands. */
  id: string;
  /** Name for people. */
  name: string;
  /** Whether it can be reached now. */
  available: boolean;
}

export interface Destinations {
  /** The destinations, at most 500. */
  destinations: Destination[];
}

export interface DestinationChoice {
  /** Id of a destination, or a number where free form is allowed. */
  destination: string;
}

export interface Transferred {
  /** Whether this agent is to give the completion code. */
  canDispose: boolean;
  /** The wrap-up; left out where there is none. */
  wrapupDetails?: WrapupDetails;
}

export interface CompletionCode {
  /** Number of the code. */
  codeID: number;
  /** Text of the code. */
  codeValue: string;
}

export interface CompletionCodes {
  /** Codes that the campaign allows, in the order of the campaign. */
  codes: CompletionCode[];
}

export interface Disposition {
  /** Text of a completion code of AGTGetCompCodes. */
  completionCode: string;
}

export interface CallbackTypes {
  /** Types of callbacks that the agent may make. */
  types: Array<'Agent' | 'Campaign' | 'Standard' | 'StrictAgent' | (string & {})>;
  /** How long a callback is kept when no expiry is given, in minutes. */
  defaultExpiryMinutes: number;
}

export interface CallbackDestinations {
  /** Type of the callback. */
  type: 'Agent' | 'Campaign' | 'Standard' | 'StrictAgent';
  /** Zone of the destinations. */
  zone?: string;
}

export interface NewCallback {
  /** Type of the callback. */
  type: 'Agent' | 'Campaign' | 'Standard' | 'StrictAgent';
  /** Agent or campaign that it is for; the caller's own where it is left out. */
  destination?: string;
  /** When to call, on a clock of the time zone. */
  time: string;
  /** IANA name of the time zone that the times are meant in. */
  timeZone: string;
  /** Until when to try, on the same clock; the default expiry where it is left out. */
  expiry?: string;
  /** Number to call; the number of this call where it is left out. */
  number?: string;
  /** Notes for who takes the callback. */
  notes?: string;
}

export interface CallbackMade {
  /** Id of the callback. */
  callbackId: string;
  /** When it is due. */
  dueAt: string;
}

export interface Attribute {
  /** Name of the attribute. */
  name: string;
  /** Its value; masked where the agent may not see it. */
  value: string;
  /** Whether the value is masked. */
  masked?: boolean;
  /** Whether the agent may change it. */
  editable?: boolean;
}

export interface CustomerDetails {
  /** Attributes of the contact, in the order of the campaign. */
  attributes: Attribute[];
}

export interface NewValue {
  /** Name of the attribute. */
  name: string;
  /** New value; empty to clear it. */
  value: string;
}

export interface AttributeType {
  /** Name of the attribute. */
  name: string;
  /** Type of its values, as STRING, INTEGER, DATE. */
  type: string;
  /** Whether agents may change it. */
  editable: boolean;
}

export interface AttributeTypes {
  /** Attributes that contacts of the organisation may have. */
  attributes: AttributeType[];
}

export interface NewNote {
  /** The note. */
  note: string;
}

export interface Note {
  /** When it was written. */
  at: string;
  /** Who wrote it. */
  agentName: string;
  /** The note. */
  note: string;
}

export interface Notes {
  /** Notes on the contact, the newest first, at most 50. */
  notes: Note[];
}

export interface Addresses {
  /** Numbers or mail addresses that must not be contacted again. */
  addresses: string[];
}

export interface Address {
  /** A number or mail address. */
  address: string;
}

export interface Listed {
  /** Whether it must not be contacted. */
  present: boolean;
}

export interface WorkRequest {
  /** Id of the work request that goes with the call. */
  workRequestId: string;
}

export interface Place {
  /** Epoch of the zone's owner. */
  epoch: number;
  /** Number of the last notification. */
  seq: number;
}

export interface ZoneChoice {
  /** Name of a zone; all of them where it is left out. */
  zone?: string;
}

export interface Scripts {
  /** Primary address. */
  primary: string;
  /** Auxiliary address, for when the primary does not answer. */
  auxiliary?: string;
}

export interface DesktopAddresses {
  /** WebSocket addresses of all agent-sdk services, best first. */
  servers: string[];
  /** Address of the agent manager that owns each zone now; a zone without an owner is not there. */
  zones: Record<string, string>;
  /** Addresses of the agent script. */
  scripts?: Scripts;
}

export interface Job {
  /** Id of the job. */
  jobId: number;
  /** Name of its campaign. */
  campaignName: string;
  /** Whether the agent is attached to it. */
  attached: boolean;
  /** Whether the agent prefers it. */
  preferred: boolean;
}

export interface Jobs {
  /** Running jobs whose skills the agent has, preferred ones first. */
  jobs: Job[];
}

export interface JobChoice {
  /** Id of the job. */
  jobId: number;
}

export interface JobChoices {
  /** Ids of the jobs, the most preferred first; empty for no preference. */
  jobIds: number[];
}

export interface AgentStateChange {
  /** New state of the agent. */
  agentState: 'Ready' | 'NotReady' | 'PendingNotReady' | 'PendingLogout' | 'Busy' | 'WorkNotReady' | 'Logout' | 'Unknown' | (string & {});
  /** Code of the reason. */
  reasonCode?: string;
  /** Name of the reason. */
  reasonName?: string;
}

export interface CallStateChange {
  /** New state of the call. */
  callState: 'NoState' | 'Idle' | 'Talking' | 'Held' | 'Dialing' | 'Preview' | 'Wrapup' | 'Callback' | 'Consult' | 'ConferenceOwner' | 'ConferencePassive' | 'PendingCall' | (string & {});
  /** The call; left out in state Idle and NoState. */
  sessionId?: string;
}

export interface NailupChange {
  /** New state of the line. */
  nailupStatus: 'NotNailedUp' | 'PendingNailUp' | 'NailedUp' | 'Lost' | (string & {});
  /** Why it was lost, where it was. */
  errorInfo?: ErrorInfo;
}

export interface Capabilities {
  /** Names of the commands that are allowed now. */
  capabilities: string[];
}

export interface JobAttached {
  /** Name of the campaign. */
  campaignName: string;
  /** Id of the job. */
  jobId: number;
  /** Addresses of the agent script of this job, where it has its own. */
  scripts?: Scripts;
}

export interface JobStateChange {
  /** New state of the tie to the job. */
  jobState: 'JobAttached' | 'JobDetached' | 'JobEnd' | 'PendingInbound' | 'JobInbound' | 'JobManualInbound' | 'PendingManualInbound' | 'PendingJobMovement' | 'PendingJobAttach' | (string & {});
  /** Id of the job. */
  jobId?: number;
  /** Name of its campaign. */
  campaignName?: string;
}

export interface ContactNumber {
  /** Name of the attribute that holds it, as phoneNumber1. */
  name: string;
  /** The number; masked where the agent may not see it. */
  number: string;
  /** Whether it is the one to dial first. */
  isDefault: boolean;
}

export interface Contact {
  /** Kind of the call, after POM: Preview, Manual, Predictive, Progressive, Callback, Redial. */
  type: string;
  /** Id of the contact. */
  contactId: string;
  /** Id of the contact list. */
  listId?: string;
  /** Name of the contact list. */
  listName?: string;
  /** Id of the job. */
  jobId?: number;
  /** Name of the campaign. */
  campaignName?: string;
  /** Numbers of the contact. */
  numbers: ContactNumber[];
}

export interface CallArrived {
  /** Who the call is with. */
  contact: Contact;
  /** Id of the call; commands on it carry it. */
  sessionId: string;
  /** Agent who consults or hands over, where it is one. */
  fromAgentName?: string;
}

export interface Released {
  /** The wrap-up; left out where there is none. */
  wrapupDetails?: WrapupDetails;
  /** The call. */
  sessionId: string;
}

export interface WrapupEnded {
  /** Completion code that the call got. */
  completionCode: string;
  /** Whether the time was over: then it is the default code. */
  expired: boolean;
  /** The call. */
  sessionId: string;
}

export interface DialFailed {
  /** Why, in words. */
  reason: string;
  /** The wrap-up; left out where there is none. */
  wrapupDetails?: WrapupDetails;
  /** The call. */
  sessionId: string;
}

export interface DialFailedInfo {
  /** Why. */
  errorInfo: ErrorInfo;
  /** The wrap-up; left out where there is none. */
  wrapupDetails?: WrapupDetails;
  /** The call. */
  sessionId: string;
}

export interface SessionIdChange {
  /** Id that the call had. */
  oldSessionId: string;
  /** Id that it has now. */
  newSessionId: string;
}

export interface OfCall {
  /** The call. */
  sessionId: string;
}

export interface ConsultPending {
  /** Name of the agent who asks. */
  agentName: string;
  /** Id of that agent. */
  agentId: string;
  /** Campaign of the call. */
  campaignName?: string;
  /** The call. */
  sessionId: string;
}

export interface CallbackPending {
  /** When it is due. */
  dueAt: string;
  /** Id of the call that it will be. */
  sessionId: string;
}

export interface DetailChanged {
  /** The attribute with its new value. */
  attribute: Attribute;
  /** The call. */
  sessionId: string;
}

export interface LoggedOut {
  /** Number of the error; 0 where the agent asked for it. */
  errorCode: number;
  /** Why, in words. */
  reason: string;
}

export interface InvalidCommand {
  /** Name of the command, where one could be read. */
  name?: string;
  /** Number of the error. */
  errorCode: number;
  /** What is wrong. */
  text: string;
  /** Where: a JSON pointer, or line and column. */
  position: string;
}

export interface ZoneNews {
  /** The agent's zone. */
  zone: string;
}

export interface ZoneDown {
  /** The agent's zone. */
  zone: string;
  /** How long sessions of the zone are kept before its agents are logged out, in minutes. */
  gracePeriodMinutes: number;
}

export interface StatusWanted {
  /** The agent. */
  agentId: string;
  /** Number of the question; the answer repeats it. */
  asked: number;
}

export interface Call {
  /** Id of the call; commands on it carry it. */
  sessionId: string;
  /** Who it is with. */
  contact: Contact;
  /** When it was answered. */
  connectedAt?: string;
  /** Its wrap-up, in state Wrapup. */
  wrapupDetails?: WrapupDetails;
}

export interface Consult {
  /** Id of the destination, or of the agent who consults. */
  destination: string;
  /** Name for people. */
  name: string;
  /** Whether it was answered. */
  answered: boolean;
}

export interface PendingCallback {
  /** Id of the call that it will be. */
  sessionId: string;
  /** When it is due. */
  dueAt: string;
}

export interface AgentView {
  /** The agent. */
  agentId: string;
  /** Zone that the agent works in. */
  zone?: string;
  /** State of the agent. */
  agentState: 'Ready' | 'NotReady' | 'PendingNotReady' | 'PendingLogout' | 'Busy' | 'WorkNotReady' | 'Logout' | 'Unknown' | (string & {});
  /** Name of the reason, where there is one. */
  reasonName?: string;
  /** State of the call in hand. */
  callState: 'NoState' | 'Idle' | 'Talking' | 'Held' | 'Dialing' | 'Preview' | 'Wrapup' | 'Callback' | 'Consult' | 'ConferenceOwner' | 'ConferencePassive' | 'PendingCall' | (string & {});
  /** State of the tie to a job. */
  jobState: 'JobAttached' | 'JobDetached' | 'JobEnd' | 'PendingInbound' | 'JobInbound' | 'JobManualInbound' | 'PendingManualInbound' | 'PendingJobMovement' | 'PendingJobAttach' | (string & {});
  /** State of the line. */
  nailupStatus: 'NotNailedUp' | 'PendingNailUp' | 'NailedUp' | 'Lost' | (string & {});
  /** Job that the agent is attached to. */
  jobId?: number;
  /** Name of its campaign. */
  campaignName?: string;
  /** Addresses of the agent script of this job, where it has its own. */
  scripts?: Scripts;
  /** The call in hand. */
  call?: Call;
  /** Consults of the call in hand, at most two. */
  consults: Consult[];
  /** Callbacks that wait for this agent. */
  callbacks: PendingCallback[];
  /** Names of the commands that are allowed now. */
  capabilities: string[];
}

// end

/** Notifications of the server by their names. */
export interface Notifications {
  // begin notifications, generated
  /** The agent's state is another. */
  AGTStateChangedNotify: AgentStateChange;
  /** The call's state is another. */
  AGTCallStateChangedNotify: CallStateChange;
  /** The line's state is another. */
  AGTNailupChange: NailupChange;
  /** Other commands are allowed now. */
  AGTCapabilitiesChanged: Capabilities;
  /** The agent is attached to a job. */
  AGTJobAttached: JobAttached;
  /** The tie to a job is another: detached, ended, moving. */
  CALJobStateChanged: JobStateChange;
  /** A call, or a contact to preview. */
  AGTCallNotify: CallArrived;
  /** The call ended without the agent's doing. */
  AGTAutoReleaseLine: Released;
  /** The wrap-up is over: by the agent, or by time. */
  CALWrapupEnded: WrapupEnded;
  /** The contact was not reached. */
  AGTDialFailed: DialFailed;
  /** The contact was not reached, for a fault of the system. */
  AGTDialFailedErrorInfo: DialFailedInfo;
  /** The call has another id. */
  AGTSessionIDChange: SessionIdChange;
  /** Another agent consults this one. */
  AGTConsultNotify: CallArrived;
  /** The consult was given up. */
  AGTConsultCancelled: OfCall;
  /** An agent waits to consult this one. */
  AGTConsultPending: ConsultPending;
  /** A consult that was pending is answered. */
  AGTPendingConsultComplete: OfCall;
  /** The consult may be given up from now on. */
  AGTEnableCancelConsult: OfCall;
  /** Who is consulted was not reached. */
  AGTConsultDialFailed: DialFailed;
  /** Who is consulted was not reached, for a fault of the system. */
  AGTConsultDialFailedErrorInfo: DialFailedInfo;
  /** A call was handed to this agent. */
  AGTTransferNotify: CallArrived;
  /** The agent is in a conference. */
  AGTConferenceNotify: CallArrived;
  /** The conference is over. */
  AGTConferenceEnded: OfCall;
  /** The conference belongs to this agent now. */
  AGTConferenceOwnershipChanged: CallArrived;
  /** A callback waits for the agent. */
  AGTPreviewCallbackPending: CallbackPending;
  /** A callback waits no longer. */
  AGTPreviewCallbackCancelled: OfCall;
  /** An attribute of the contact changed. */
  AGTCustomerDetailsChanged: DetailChanged;
  /** The agent serves inbound calls. */
  AGTBlendedToInbound: Nothing;
  /** The agent is back at outbound. */
  AGTBlendedToOutbound: Nothing;
  /** The session is over. */
  AGTAgentLoggedOut: LoggedOut;
  /** A frame could not be read, and has no command id to answer to. */
  AGTInvalidCommandName: InvalidCommand;
  /** The zone has an owner: commands are done again. */
  POMAvailable: ZoneNews;
  /** The zone has no owner for a moment: calls go on, commands are refused with 4011. */
  POMNotAvailable: ZoneNews;
  /** The zone stays without an owner; after the grace period its agents are logged out. */
  AGTZoneDown: ZoneDown;
  /** A new owner asks for the desktop's view; answer with a frame status. */
  GetAgentStatus: StatusWanted;
  /** Addresses of servers, agent managers or scripts are others than welcome said. */
  AgentSDKConnectedRESP: DesktopAddresses;
  // end
}

/** One agent at one desktop. */
export declare class CallistoAgent extends EventTarget {
  constructor(options: CallistoAgentOptions);

  /** The agent as last told. Do not change it. */
  readonly state: Partial<AgentView> &
    Pick<AgentView, 'agentState' | 'callState' | 'jobState' | 'nailupStatus' | 'consults' | 'callbacks' | 'capabilities'>;
  /** Whether commands have a chance now: connected, and the zone has an owner. */
  readonly available: boolean;
  readonly connected: boolean;
  readonly loggedOn: boolean;
  readonly agentSessionId: string | null;
  readonly addresses: DesktopAddresses;
  readonly server: string | null;
  readonly queuedWrapups: QueuedWrapup[];

  /** Connects and keeps connected until close(). Resolves with the first welcome. */
  connect(): Promise<{ resumed: boolean; loggedOn: boolean }>;
  /** Ends the connection for good. */
  close(): void;

  addEventListener<K extends keyof CallistoAgentEvents>(
    type: K,
    listener: (event: CustomEvent<CallistoAgentEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions,
  ): void;

  // begin methods, generated
  /** Log on, or take over. */
  AGTLogon(args: Logon): Promise<LoggedOn>;
  /** Log off now. */
  AGTLogoff(): Promise<Nothing>;
  /** Log off when the call in hand is done. */
  AGTPendingLogout(): Promise<Nothing>;
  /** The desktop closes on purpose; do not wait the grace time for it. */
  AGTAgentDisconnected(): Promise<Nothing>;
  /** Become ready or not ready. */
  AGTStateChange(args: StateChange): Promise<StateChanged>;
  /** Zones that the agent may work in. */
  AGTGetZoneList(): Promise<Zones>;
  /** The agent's skills are others now. */
  AGTSkillsChanged(args?: Skills): Promise<Nothing>;
  /** Time zones for callbacks. */
  AGTGetTimezones(): Promise<TimeZones>;
  /** Text of an error code. */
  AGTGetErrorString(args: ErrorCode): Promise<ErrorText>;
  /** Text of an error code and what to do. */
  AGTGetErrorInfo(args: ErrorCode): Promise<ErrorInfo>;
  /** The agent may be nailed up when a job wants it. */
  AGTAvailableForNailup(): Promise<Nothing>;
  /** Ring the agent's line now. */
  AGTReadyForNailup(): Promise<Nothing>;
  /** Nail up again after the line was lost. */
  AGTNailupAgent(): Promise<Nothing>;
  /** The agent's line is gone; a call in hand goes to wrap-up. */
  AGTLostNailing(): Promise<Wrapup>;
  /** Hold the call. */
  AGTHoldCall(sessionId: string): Promise<Nothing>;
  /** Take the call back from hold. */
  AGTUnholdCall(sessionId: string): Promise<Nothing>;
  /** Hang up; the wrap-up begins. */
  AGTReleaseLine(sessionId: string): Promise<Wrapup>;
  /** Send tones into the call. */
  AGTSendDTMF(sessionId: string, args: Digits): Promise<Nothing>;
  /** Dial the contact again, during wrap-up. */
  AGTRedial(sessionId: string, args: NumberChoice): Promise<Nothing>;
  /** Dial the contact that is shown. */
  AGTPreviewDial(sessionId: string, args: NumberChoice): Promise<Nothing>;
  /** Do not dial the contact that is shown. */
  AGTPreviewCancel(sessionId: string): Promise<Wrapup>;
  /** The contact of a manual call has answered. */
  AGTManualCallConnect(sessionId: string): Promise<Nothing>;
  /** Kinds of destinations for a consult. */
  AGTGetConsultTypes(sessionId: string): Promise<ConsultTypes>;
  /** Destinations of one kind. */
  AGTGetConsultDestsForType(sessionId: string, args: ConsultType): Promise<Destinations>;
  /** Consult a destination; the customer is held. */
  AGTConsultCall(sessionId: string, args: DestinationChoice): Promise<Nothing>;
  /** Give a consult up. */
  AGTCancelConsult(sessionId: string, args: DestinationChoice): Promise<Nothing>;
  /** Hand the call over to who is consulted. */
  AGTCompleteTransfer(sessionId: string): Promise<Transferred>;
  /** Join customer, agent and who is consulted. */
  AGTStartConf(sessionId: string): Promise<Nothing>;
  /** End the conference; the owner keeps the customer. */
  AGTEndConf(sessionId: string): Promise<Nothing>;
  /** Give the conference to the other agent. */
  AGTConfChangeOwnership(sessionId: string): Promise<Nothing>;
  /** Completion codes that the campaign allows. */
  AGTGetCompCodes(sessionId: string): Promise<CompletionCodes>;
  /** End the wrap-up with a completion code. */
  AGTWrapupContact(sessionId: string, args: Disposition): Promise<Nothing>;
  /** More time for the wrap-up. */
  AGTExtendWrapup(sessionId: string): Promise<Wrapup>;
  /** Types of callbacks. */
  AGTGetCallbackTypes(sessionId: string): Promise<CallbackTypes>;
  /** Who a callback of a type may be for. */
  AGTGetCallbackDestsForType(sessionId: string, args: CallbackDestinations): Promise<Destinations>;
  /** Call the contact back later. */
  AGTCreateCallback(sessionId: string, args: NewCallback): Promise<CallbackMade>;
  /** Attributes of the contact. */
  AGTGetCustomerDetails(sessionId: string): Promise<CustomerDetails>;
  /** Change an attribute of the contact. */
  AGTSetCustomerDetail(sessionId: string, args: NewValue): Promise<Nothing>;
  /** Attributes that contacts may have. */
  AGTGetContactAttributes(): Promise<AttributeTypes>;
  /** Add a note. */
  AGTAddAgentNote(sessionId: string, args: NewNote): Promise<Notes>;
  /** Notes on the contact. */
  AGTRefreshAgentNotes(sessionId: string): Promise<Notes>;
  /** Never contact these addresses again. */
  AGTAddToDNC(sessionId: string, args: Addresses): Promise<Nothing>;
  /** Whether an address must not be contacted. */
  AGTIsInDNC(sessionId: string, args: Address): Promise<Listed>;
  /** Id of the work request that goes with the call. */
  AGTGetWorkRequestId(sessionId: string): Promise<WorkRequest>;
  /** Serve inbound calls. */
  AGTBlendToInbound(): Promise<Nothing>;
  /** Come back to outbound. */
  AGTBlendToOutbound(): Promise<Nothing>;
  /** Answered when all that was told is saved, which it always is. */
  AGTSaveAgentForHA(): Promise<Place>;
  /** Addresses of servers, agent managers and scripts. */
  GetPAMForZone(args?: ZoneChoice): Promise<DesktopAddresses>;
  /** Send a frame snapshot; the result says where it is in the sequence. */
  CALGetSnapshot(): Promise<Place>;
  /** Jobs open to the agent. */
  CALGetJobs(): Promise<Jobs>;
  /** Attach to a job; pending while a call is in hand. */
  CALAttachJob(args: JobChoice): Promise<Nothing>;
  /** Leave the job; pending while a call is in hand. */
  CALDetachJob(): Promise<Nothing>;
  /** Move to another job; pending while a call is in hand. */
  CALMoveJob(args: JobChoice): Promise<Nothing>;
  /** Jobs that the agent would rather work in. */
  CALSetPreferredJobs(args?: JobChoices): Promise<Nothing>;
  // end
}
