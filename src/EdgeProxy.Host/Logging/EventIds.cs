namespace EdgeProxy.Host.Logging;

/// <summary>
/// The id of every log message; a hundred for each folder. An id once given is never given to another message.
/// </summary>
internal static class EventIds
{
    // Program and Configuration
    public const int Started = 100;
    public const int SettingWarning = 101;
    public const int Stopping = 102;
    public const int StoppedImmediately = 103;
    public const int RequestsAborted = 104;
    public const int ConfigurationChanged = 105;
    public const int ConfigurationNeedsRestart = 106;
    public const int ConfigurationUnusable = 107;
    public const int ConfigurationFailed = 108;
    public const int ReadinessNamesUnknown = 109;
    public const int ConfigurationInvalid = 110;
    public const int ListenerNotOpened = 111;
    public const int Stopped = 112;
    public const int SettingNote = 115;
    public const int ConfigurationUnreadable = 116;

    // Operations
    public const int ExportFailed = 117;
    public const int ExportStarted = 118;

    // The warm-up
    public const int WarmedUp = 119;
    public const int WarmUpFailed = 121;

    // The clock
    public const int ClockDiffers = 120;

    // Environments
    public const int EnvironmentPublished = 200;
    public const int EnvironmentKeyDiffers = 201;
    public const int EnvironmentProblem = 202;
    public const int EnvironmentMoreProblems = 203;
    public const int EnvironmentOlderDocument = 204;
    public const int EnvironmentEquivalent = 205;
    public const int AdmissionFailed = 206;

    // Changes
    public const int ContentChanged = 210;
    public const int ContentDifference = 211;
    public const int ContentNotCompared = 212;
    public const int VersionHeld = 213;
    public const int VersionReleased = 214;
    public const int VersionHoldEnded = 215;
    public const int VersionHoldRestored = 216;
    public const int VersionNotMeasured = 217;

    // Upstream
    public const int FetchFailed = 300;
    public const int ServerSideKeyRejected = 301;
    public const int FetchRecovered = 302;
    public const int FetchSlowPages = 303;
    public const int DocumentRejected = 304;
    public const int PollFailed = 305;
    public const int FetchMixedPages = 306;
    public const int FetchTroubleSummary = 307;
    public const int RefreshRequested = 308;
    public const int DocumentHeldBack = 309;
    public const int DocumentHoldEnded = 310;

    // Streams of changes
    public const int StreamOpened = 320;
    public const int StreamDisabled = 321;
    public const int StreamFailed = 322;
    public const int StreamsRecovered = 323;
    public const int StreamUnexpected = 324;

    // Offline
    public const int FileUnreadable = 400;
    public const int FileRejected = 401;
    public const int FileKeyChanged = 402;
    public const int FileFailed = 403;

    // Http
    public const int RequestFailed = 500;
    public const int CertificateReloaded = 501;
    public const int CertificateRejected = 502;
    public const int Overloaded = 503;
    public const int OverloadEnded = 504;
    public const int QueueDelayUnavailable = 505;
    public const int Access = 506;
    public const int CertificateNotYetValid = 507;
    public const int CertificateExpiresSoon = 508;
    public const int CertificateExpired = 509;
    public const int WrongBaseUrl = 510;
    public const int EvaluationAborted = 520;

    // Persistence
    public const int StoreDirectoryUnusable = 600;
    public const int StoredDocumentIgnored = 601;
    public const int DocumentNotStored = 602;
    public const int StoreLeftoversRemoved = 603;
    public const int StoredDocumentRestored = 604;
    public const int StoredDocumentRejected = 605;
    public const int StoredDocumentTooSlow = 606;
    public const int DocumentsNotStored = 607;
    public const int ConfigRestored = 608;
    public const int ConfigUndecryptable = 609;
    public const int ConfigTooSlow = 610;
    public const int StoreDirectoryWritableByAnyone = 611;

    // Discovery and usage
    public const int DiscoveryChanged = 700;
    public const int DiscoveryProblem = 701;
    public const int DiscoveryMoreProblems = 702;
    public const int DiscoveryFailed = 703;
    public const int ProxyKeyRejected = 704;
    public const int DiscoveryRecovered = 705;
    public const int DiscoveryUnexpected = 706;
    public const int UsageDropped = 720;
    public const int UsageDelayed = 721;
    public const int UsageRecovered = 722;
    public const int UsageUnreported = 723;
    public const int UsageUnexpected = 724;

    // Analytics
    public const int AnalyticsRejected = 740;
    public const int AnalyticsDelayed = 741;
    public const int AnalyticsRecovered = 742;
    public const int AnalyticsUnsent = 743;
    public const int AnalyticsUnexpected = 744;
    public const int AnalyticsStored = 745;
    public const int AnalyticsRestored = 746;
    public const int AnalyticsFileIgnored = 747;
    public const int AnalyticsNotStored = 748;
    public const int AnalyticsTooMany = 749;
    public const int EventsFailed = 750;
    public const int EventsRecovered = 751;
    public const int EventsUnexpected = 752;

    // Trait forwarding
    public const int TraitsDelayed = 770;
    public const int TraitsRecovered = 771;
    public const int TraitsRefused = 772;
    public const int TraitsRejected = 773;
    public const int TraitsDropped = 774;
    public const int TraitsUnsent = 775;
    public const int TraitsUnexpected = 776;
    public const int PassThroughFailed = 777;
    public const int PassThroughRecovered = 778;

    // Streams
    public const int StreamRejected = 800;
    public const int StreamsDraining = 801;
    public const int StreamWorkFailed = 802;
    public const int StreamWriteFailed = 803;

    // Server
    public const int ConnectionLimitLowered = 900;
    public const int ConnectionRejected = 901;
    public const int AcceptFailed = 902;
    public const int ListenerUnresponsive = 903;
    public const int ListenerNotBound = 904;
    public const int ListenerFailed = 905;
    public const int Http2ConnectionAbandoned = 906;

    // Fleet
    public const int FleetStoreAway = 1000;
    public const int FleetStoreBack = 1001;
    public const int FleetPayloadUnopened = 1002;
    public const int FleetPayloadRejected = 1003;
    public const int FleetDocumentTaken = 1004;
    public const int FleetDocumentHeldBack = 1005;
    public const int FleetStoreRefilled = 1006;
    public const int FleetLeaseTaken = 1007;
    public const int FleetLeaseLost = 1008;
    public const int FleetStepFailed = 1009;
    public const int FleetJoined = 1010;
    public const int FleetTraitsForgotten = 1011;
    public const int FleetTraitsRemembered = 1012;
    public const int FleetTraitsFailed = 1013;
    public const int FleetConfigTaken = 1014;
    public const int FleetConfigUnusable = 1015;
    public const int FleetConfigFailed = 1016;
}
