namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The order of docs/spec/fleet.md 2.4. The time of change decides, unless one of the two documents is a rollback that the
/// other one does not know of, or both are of the same time. Then the one is later that the upstream returned after the other
/// one. Members count changes and confirm rollbacks each for itself, so these numbers do not tell which of two members saw more.
/// </summary>
internal sealed class VersionOrder : IVersionOrder
{
    private readonly long _confirmation;

    /// <param name="confirmation">
    /// The time that the confirmation of a rollback takes: an upstream that is behind by more is taken for a rollback anyway.
    /// </param>
    public VersionOrder(TimeSpan confirmation)
    {
        _confirmation = (long)confirmation.TotalMilliseconds;
    }

    /// <summary>The order for a member.</summary>
    public static VersionOrder For(FleetSettings settings) => new(settings.PollInterval * settings.RollbackConfirmations);

    /// <inheritdoc/>
    public StoredDecision Decide(SeenVersion stored, SeenVersion? served, bool wasReplaced)
    {
        if (served is null)
        {
            return StoredDecision.Later;
        }

        var (left, right) = (stored.Version, served.Version);
        if (string.Equals(left.Revision, right.Revision, StringComparison.Ordinal))
        {
            // One of the two may have a rollback that the other does not have yet.
            return left.Epoch == right.Epoch ? StoredDecision.Same : left.Epoch > right.Epoch ? StoredDecision.Later : StoredDecision.Earlier;
        }

        if (left.IsOfTimeOf(right))
        {
            return DecideOfOneTime(stored, served, wasReplaced && left.Epoch <= right.Epoch);
        }

        var isStoredNewer = left.UpdatedAt > right.UpdatedAt;
        var (newer, older) = isStoredNewer ? (stored, served) : (served, stored);
        var isNewerLater = newer.Version.Epoch >= older.Version.Epoch ? true : IsEditOf(newer, older);
        return isNewerLater is not { } isLater ? StoredDecision.HeldBack
            : isLater == isStoredNewer ? StoredDecision.Later : StoredDecision.Earlier;
    }

    /// <summary>
    /// Determines whether a document that does not know of a rollback is an edit since then; false if the rollback gave it
    /// up; null if that is not certain.
    /// </summary>
    private bool? IsEditOf(SeenVersion document, SeenVersion rollback)
    {
        // While a rollback is being confirmed, the upstream returns nothing else.
        var isSeenSince = document.LastSeen > rollback.Version.Epoch;
        if (isSeenSince && !(rollback.LastSeen > document.LastSeen))
        {
            return true;
        }

        // For less than that, an upstream that is behind may have returned the rollback after the edit.
        if (rollback.LastSeen - (document.LastSeen ?? document.FirstSeen) > _confirmation)
        {
            return false;
        }

        return !isSeenSince && rollback.Version.GaveUp(document.Version) ? false : null;
    }

    private StoredDecision DecideOfOneTime(SeenVersion stored, SeenVersion served, bool wasReplaced)
    {
        var isStoredLater = stored.LastSeen > served.FirstSeen;
        var isServedLater = served.LastSeen > stored.FirstSeen;
        if (isStoredLater && isServedLater)
        {
            // In turns, such as a change that was undone.
            isStoredLater = stored.LastSeen - served.LastSeen > _confirmation;
            isServedLater = served.LastSeen - stored.LastSeen > _confirmation;
        }

        return isStoredLater ? wasReplaced ? StoredDecision.HeldBack : StoredDecision.Later
            : isServedLater ? StoredDecision.Earlier : StoredDecision.HeldBack;
    }
}
