namespace EdgeProxy.Host.Fleet;

/// <summary>The order of docs/spec/fleet.md 2.4.</summary>
internal sealed class VersionOrder : IVersionOrder
{
    /// <inheritdoc/>
    public StoredDecision Decide(FleetVersion stored, FleetVersion? served, bool isDoubtful)
    {
        if (served is null)
        {
            return StoredDecision.Later;
        }

        if (string.Equals(stored.Revision, served.Revision, StringComparison.Ordinal))
        {
            // A rollback that one of the two does not know of yet.
            return stored.Epoch == served.Epoch ? StoredDecision.Same : stored.Epoch > served.Epoch ? StoredDecision.Later : StoredDecision.Earlier;
        }

        if (stored.Supersedes(served))
        {
            var isBack = isDoubtful && stored.Epoch == served.Epoch && !(stored.UpdatedAt > served.UpdatedAt);
            return isBack ? StoredDecision.HeldBack : StoredDecision.Later;
        }

        return served.Supersedes(stored) ? StoredDecision.Earlier : StoredDecision.HeldBack;
    }
}
