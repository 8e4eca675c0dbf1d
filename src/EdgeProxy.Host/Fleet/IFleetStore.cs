namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The store that members of a fleet share. Every method may fail or never complete: other components use it through
/// <see cref="GuardedStore"/>. Names of environments are those of <see cref="SealedEnvironment.Id"/>.
/// </summary>
internal interface IFleetStore
{
    /// <summary>Precedes the revision of a document that cannot be used.</summary>
    const string Doubt = "?";

    /// <summary>Raised when a lost connection is restored.</summary>
    event EventHandler? Restored;

    /// <summary>Reads the state of an environment, and renews or takes its lease.</summary>
    Task<FleetLook> LookAsync(string id, LeaseBid bid);

    /// <summary>Reads the document of an environment; null if there is none.</summary>
    Task<StoredPayload?> ReadAsync(string id);

    /// <summary>Writes a document, compared and set in one step, and announces it.</summary>
    Task<WriteOutcome> WriteAsync(string id, DocumentWrite write);

    /// <summary>Reports the result of a poll.</summary>
    /// <param name="id">The environment.</param>
    /// <param name="report">The result.</param>
    /// <param name="at">The store's time, in milliseconds since 1970, at which the upstream was asked. Not an age: the operation may wait at the server.</param>
    /// <returns>True if the store has the revision.</returns>
    Task<bool> ReportAsync(string id, PollReport report, long at);

    /// <summary>Announces that the stored document of a revision cannot be used, so that a member that serves it stores it again.</summary>
    Task<bool> DoubtAsync(string id, string revision);

    /// <summary>Gives a lease back.</summary>
    Task<bool> ReleaseAsync(string id, string token);

    /// <summary>Sends a heartbeat.</summary>
    Task<FleetPulse> BeatAsync(MemberBeat beat);

    /// <summary>Removes a member that stops.</summary>
    Task<bool> LeaveAsync(string name);

    /// <summary>Reads the statements of the members.</summary>
    Task<IReadOnlyList<string>> ReadMembersAsync();

    /// <summary>
    /// Looks identities up whose traits are about to be forwarded. One that is remembered with other traits is forgotten in the
    /// same step: nothing untrue remains if the member that forwards them cannot remember it.
    /// </summary>
    /// <param name="id">The environment.</param>
    /// <param name="identities">The identities, with the traits to be forwarded.</param>
    /// <returns>For each, true if it is remembered with these traits.</returns>
    Task<bool[]> RecallAsync(string id, IReadOnlyList<IdentityDigest> identities);

    /// <summary>Remembers the traits that the API confirmed.</summary>
    /// <param name="id">The environment.</param>
    /// <param name="identities">The identities with their traits.</param>
    /// <param name="lifetime">The time after which they are forgotten.</param>
    Task<bool> RememberAsync(string id, IReadOnlyList<IdentityDigest> identities, TimeSpan lifetime);

    /// <summary>Subscribes to announced revisions of an environment, while the store is connected; some are lost.</summary>
    /// <param name="id">The environment.</param>
    /// <param name="announced">Receives the revision, or <see cref="Doubt"/> before it. It must return at once.</param>
    void Subscribe(string id, Action<string> announced);

    /// <summary>Describes a failure of one of its operations, in words for operators.</summary>
    string Describe(Exception exception);

    /// <summary>Ends a subscription.</summary>
    void Unsubscribe(string id);
}
