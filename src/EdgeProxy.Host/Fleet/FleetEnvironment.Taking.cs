using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <content>Decisions about the store's document (docs/spec/fleet.md 2.4). For the loop of the environment.</content>
internal sealed partial class FleetEnvironment
{
    // An entry that is not later than the served document, and the holder's confirmations of it since.
    private (string Revision, long? ConfirmedAt, int Confirmations)? _held;

    /// <summary>Makes the served document and the store's the same: takes the later one, or writes it.</summary>
    private async Task ConsiderAsync(FleetLook look, CancellationToken cancellationToken)
    {
        if (look.Entry is not { } entry)
        {
            await WriteAsync(replaces: null, cancellationToken);
            return;
        }

        var decision = Decide(entry);
        if (decision != StoredDecision.HeldBack)
        {
            _held = null;
        }

        NoteSkew(decision);
        switch (decision)
        {
            case StoredDecision.Same:
                NoteConfirmation(look, entry);
                break;
            case StoredDecision.Later when _unusable == (entry.Version.Revision, entry.WrittenAt):
                await ReplaceUnusableAsync(entry, cancellationToken);
                break;
            case StoredDecision.Later:
                if ((await ReadAsync(cancellationToken)).Value is { } stored && await TakeAsync(stored, cancellationToken))
                {
                    NoteSkew(StoredDecision.Same);
                    NoteConfirmation(look, stored.Entry);
                }
                else if (_unusable == (entry.Version.Revision, entry.WrittenAt))
                {
                    await ReplaceUnusableAsync(entry, cancellationToken);
                }

                break;
            case StoredDecision.Earlier when IsForAnyMember(entry.Version):
                await ReplaceEarlierAsync(entry, cancellationToken);
                break;
            case StoredDecision.Earlier when IsHolder:
                await SettleAsync(entry, cancellationToken);
                break;
            case StoredDecision.Earlier:
                break; // the holder of the lease will poll
            default:
                await HoldAsync(entry, cancellationToken);
                break;
        }
    }

    /// <summary>Writes the served document in place of an earlier one, which a rollback may have to give up first.</summary>
    private async Task ReplaceEarlierAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        if (_served is { } served && entry.Version.IsUnknownTo(served))
        {
            if (_unusable == (entry.Version.Revision, entry.WrittenAt) || (await ReadAsync(cancellationToken)).Value is not { } stored || Open(stored) is null)
            {
                await ReplaceUnusableAsync(entry, cancellationToken);
                return;
            }

            // Only after decryption: until then, its time may be forged.
            using (await EnterAsync(cancellationToken))
            {
                _served = _served?.GivingUp(stored.Entry.Version);
            }
        }

        await WriteAsync(replaces: null, cancellationToken);
    }

    /// <summary>Decrypts a document; null if it cannot be decrypted, which is counted and logged.</summary>
    private OpenedDocument? Open(StoredPayload stored)
    {
        var opened = _sealed.TryDecrypt(stored.Entry.Version, stored.Payload, _fleet.Settings.MaxDocumentBytes);
        if (opened is null)
        {
            Refuse(stored.Entry, PayloadRefusal.Sealed);
            Log.Unopened(_fleet.Logger, EnvironmentLabel.Of(_environment), stored.Entry.Writer);
        }

        return opened;
    }

    /// <summary>Determines whether any member may replace a version by the served one, not just the holder of the lease.</summary>
    private bool IsForAnyMember(FleetVersion version) => _served is { } served && !served.IsOfPositionOf(version);

    private StoredDecision Decide(FleetEntry entry) =>
        _fleet.Order.Decide(entry.Version, _served, _environment.Rollbacks.WasReplaced(entry.Version.Revision, _fleet.Time), SightingOf(entry));

    /// <summary>Compares when the upstream had the two documents; what the uncertainty of the store's time leaves open counts as overlapping.</summary>
    private Sighting SightingOf(FleetEntry entry) =>
        _seenAt is not { } seen || _look is not { } look ? Sighting.Unknown
        : entry.ConfirmedAt > look.Value.Now - Milliseconds(seen.To, look.Before) ? Sighting.StoredLater
        : StoreTimeOf(seen.From) is var from && from > entry.WrittenAt && !(entry.ConfirmedAt > from) ? Sighting.ServedLater
        : Sighting.Overlapping;

    /// <summary>
    /// The store's time at a monotonic time; too early by the time that an answer of the store takes, never too late. After
    /// the first look; callable from any thread.
    /// </summary>
    private long StoreTimeOf(long timestamp) => _look is { } look ? look.Value.Now - Milliseconds(timestamp, look.After) : throw new InvalidOperationException("The store was not reached yet.");

    /// <summary>The monotonic times between which a time of the store was.</summary>
    private Period TimestampsOf(TimedLook look, long storeTime)
    {
        var ago = (long)((look.Value.Now - storeTime) / 1000.0 * _fleet.Time.TimestampFrequency);
        return new Period(look.Before - ago, look.After - ago);
    }

    private long Milliseconds(long from, long to) => (long)Math.Ceiling(_fleet.Time.GetElapsedTime(from, to).TotalMilliseconds);

    /// <summary>Publishes a document of the store, if it can be decrypted, is accepted, and is later than the served one.</summary>
    /// <param name="stored">The document.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="isConfirmed">True if enough polls confirmed it, so that it is served even if it is not later.</param>
    /// <returns>True if it is served.</returns>
    private async Task<bool> TakeAsync(StoredPayload stored, CancellationToken cancellationToken, bool isConfirmed = false)
    {
        var entry = stored.Entry;
        if (Open(stored) is not { } opened)
        {
            return false;
        }

        using (await EnterAsync(cancellationToken))
        {
            if (!isConfirmed && Decide(entry) != StoredDecision.Later)
            {
                return false; // a poll returned a later one meanwhile
            }

            try
            {
                await _fleet.Publisher.PublishAsync(_environment, opened.Content, DocumentOrigin.Store, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Catches everything: any failure rejects the document, and the current one stays.
                Refuse(entry, PayloadRefusal.Rejected);
                Log.Rejected(_fleet.Logger, EnvironmentLabel.Of(_environment), entry.Writer, exception.Message);
                return false;
            }

            _served = _served is { } served ? entry.Version.WithEpochOf(served) : entry.Version;
            _servedDocument = _environment.Current?.Document.Version;
            _seenAt = entry.ConfirmedAt is { } at && _look is { } look ? TimestampsOf(look, at) : null;
            _conditions = new KnownConditions(_servedDocument ?? "", opened.Conditions);
            if (_environment.Freshness.Fetched is null)
            {
                _environment.Restored(_fleet.Time, DateTimeOffset.FromUnixTimeMilliseconds(entry.ConfirmedAt ?? entry.WrittenAt), DocumentOrigin.Store);
            }

            Taken?.Invoke(opened.Conditions);
        }

        Log.DocumentTaken(_fleet.Logger, EnvironmentLabel.Of(_environment), entry.Version.Revision, entry.Writer);
        return true;
    }

    private void Refuse(FleetEntry entry, PayloadRefusal reason)
    {
        _unusable = (entry.Version.Revision, entry.WrittenAt);
        _fleet.Store.Metrics.Refused(reason);
    }

    private Task ReplaceUnusableAsync(FleetEntry entry, CancellationToken cancellationToken) =>
        IsHolder ? WriteAsync(entry.Version.Revision, cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// Handles a document that is neither later nor earlier, such as one that was served here and replaced: the holder of
    /// the lease settles it, and others take it once enough polls have confirmed it.
    /// </summary>
    private async Task HoldAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        if (_served is not { } served)
        {
            return;
        }

        if (IsHolder)
        {
            await SettleAsync(entry, cancellationToken);
            return;
        }

        var isNew = _held?.Revision != entry.Version.Revision;
        if (isNew)
        {
            _held = (entry.Version.Revision, entry.ConfirmedAt, 0);
            _fleet.Store.Metrics.Refused(PayloadRefusal.HeldBack);
            Log.HeldBack(
                _fleet.Logger, EnvironmentLabel.Of(_environment), entry.Version.Revision, entry.Version.UpdatedTime, served.Revision, served.UpdatedTime,
                _fleet.Settings.RollbackConfirmations);
        }
        else if (entry.ConfirmedAt > (_held!.Value.ConfirmedAt ?? 0))
        {
            _held = (entry.Version.Revision, entry.ConfirmedAt, _held.Value.Confirmations + 1);
        }

        if (_held!.Value.Confirmations >= _fleet.Settings.RollbackConfirmations
            && (await ReadAsync(cancellationToken)).Value is { } stored
            && string.Equals(stored.Entry.Version.Revision, entry.Version.Revision, StringComparison.Ordinal))
        {
            await TakeAsync(stored, cancellationToken, isConfirmed: true);
            _held = null;
        }
    }

    /// <summary>
    /// Settles, as the holder of the lease, which of two documents is the later one: the one that the upstream returns to a
    /// poll that began after the other one was written. Until then nothing changes.
    /// </summary>
    private async Task SettleAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        if (SightingOf(entry) != Sighting.ServedLater)
        {
            return;
        }

        using (await EnterAsync(cancellationToken))
        {
            if (_served is { } served)
            {
                _served = served with { Sequence = Math.Max(served.Sequence, entry.Version.Sequence) + 1 };
            }
        }

        await WriteAsync(replaces: null, cancellationToken);
    }

    private void NoteSkew(StoredDecision decision) => BehindSince = decision == StoredDecision.Later ? BehindSince ?? _fleet.Time.GetTimestamp() : null;

    /// <summary>Records the last poll that confirmed the document, of any member: the document is as fresh as that.</summary>
    private void NoteConfirmation(FleetLook look, FleetEntry entry)
    {
        if (entry.ConfirmedAt is { } at && _look is { } current && TimestampsOf(current, at) is var seen && !(seen.To <= _seenAt?.To))
        {
            _seenAt = seen;
        }

        if (IsHolder)
        {
            return; // it knows better
        }

        if (entry.ConfirmedAt is { } confirmed)
        {
            _environment.ConfirmedElsewhere(_fleet.Time, TimeSpan.FromMilliseconds(Math.Max(0, look.Now - confirmed)));
        }

        if (entry.Error is { } error)
        {
            _environment.FailedElsewhere(error);
        }
    }
}
