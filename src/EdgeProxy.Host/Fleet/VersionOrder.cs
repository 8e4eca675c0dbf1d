namespace EdgeProxy.Host.Fleet;

/// <summary>The order of docs/spec/fleet.md 2.4.</summary>
internal sealed class VersionOrder : IVersionOrder
{
    /// <inheritdoc/>
    public StoredDecision Decide(FleetVersion stored, FleetVersion? served, bool wasReplaced, Sighting sighting)
    {
        if (served is null)
        {
            return StoredDecision.Later;
        }

        if (string.Equals(stored.Revision, served.Revision, StringComparison.Ordinal))
        {
            // One of the two may have a rollback that the other does not have yet.
            return stored.Epoch == served.Epoch ? StoredDecision.Same : stored.Epoch > served.Epoch ? StoredDecision.Later : StoredDecision.Earlier;
        }

        if (stored.IsOfPositionOf(served))
        {
            return DecideBySighting(stored, served, wasReplaced, sighting);
        }

        if (sighting != Sighting.Unknown && (stored.IsUnknownTo(served) || served.IsUnknownTo(stored)))
        {
            return DecideBySighting(sighting);
        }

        return stored.Supersedes(served) ? StoredDecision.Later : served.Supersedes(stored) ? StoredDecision.Earlier : StoredDecision.HeldBack;
    }

    /// <summary>
    /// Compares a rollback and a document that it did not know of, which either came after it or was given up too.
    /// </summary>
    private static StoredDecision DecideBySighting(Sighting sighting) => sighting switch
    {
        Sighting.StoredLater => StoredDecision.Later,
        Sighting.ServedLater => StoredDecision.Earlier,
        _ => StoredDecision.HeldBack,
    };

    /// <summary>
    /// Compares documents of the same time, or without one. Each member counts changes by itself, so the numbers decide only
    /// if it is not known when the upstream had the documents.
    /// </summary>
    private static StoredDecision DecideBySighting(FleetVersion stored, FleetVersion served, bool wasReplaced, Sighting sighting)
    {
        var isLater = sighting == Sighting.StoredLater || (sighting == Sighting.Unknown && stored.Supersedes(served));
        if (isLater)
        {
            return wasReplaced ? StoredDecision.HeldBack : StoredDecision.Later;
        }

        return served.Supersedes(stored) ? StoredDecision.Earlier : StoredDecision.HeldBack;
    }
}
