namespace EdgeProxy.Host.Fleet;

/// <summary>The settings of one member.</summary>
/// <param name="Name">Its name among the members.</param>
/// <param name="Poll">The members that poll the upstream.</param>
/// <param name="PollInterval">The interval between two polls of an environment.</param>
/// <param name="RollbackConfirmations">The number of consecutive polls that confirm an earlier document as a rollback.</param>
/// <param name="MaxDocumentBytes">The maximum size of a document.</param>
/// <param name="Address">The address that it listens on.</param>
/// <param name="MaxSkew">The time for which an environment may be behind before readiness fails; null for any.</param>
/// <param name="StartTag">Distinguishes this start of the member from earlier ones.</param>
internal sealed record FleetSettings(
    string Name, FleetPolling Poll, TimeSpan PollInterval, int RollbackConfirmations, long MaxDocumentBytes, string Address, TimeSpan? MaxSkew, string StartTag)
{
    /// <summary>True to remember in the store which traits the API confirmed.</summary>
    public bool RemembersTraits { get; init; } = true;
}
