using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <content>Decisions about the store's document (docs/spec/fleet.md 2.4). For the loop of the environment.</content>
internal sealed partial class FleetEnvironment
{
    /// <summary>The shortest time between two confirmations that count, as a part of the poll interval.</summary>
    private const double MinConfirmationInterval = 0.8;

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
                await CheckDoubtAsync(entry, cancellationToken);
                break;
            case StoredDecision.Later when _unusable == (entry.Version.Revision, entry.WrittenAt):
                NoteConfirmation(look, entry);
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
            case StoredDecision.Earlier:
                await ReplaceEarlierAsync(entry, cancellationToken);
                break;
            default:
                await HoldAsync(entry, cancellationToken);
                break;
        }
    }

    /// <summary>
    /// Writes the served document in place of an earlier one. Of two documents of the same time the holder of the lease
    /// decides, and others wait until it has polled.
    /// </summary>
    private async Task ReplaceEarlierAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        if (_served is not { } served)
        {
            return;
        }

        var isOther = !string.Equals(served.Revision, entry.Version.Revision, StringComparison.Ordinal);
        if (isOther && served.IsOfTimeOf(entry.Version) && !IsHolder)
        {
            return;
        }

        if (isOther && !served.Supersedes(entry.Version))
        {
            if (_unusable == (entry.Version.Revision, entry.WrittenAt) || (await ReadAsync(cancellationToken)).Value is not { } stored || Open(stored) is null)
            {
                await ReplaceUnusableAsync(entry, cancellationToken);
                return;
            }

            // Only after decryption: until then, rollback and sequence may be forged.
            using (await EnterAsync(cancellationToken))
            {
                if (Decide(stored.Entry) != StoredDecision.Earlier)
                {
                    return; // another document meanwhile, there or here
                }

                _served = _served?.Over(stored.Entry.Version);
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

    private StoredDecision Decide(FleetEntry entry) =>
        _fleet.Order.Decide(SeenOf(entry), _served is { } served ? SeenOf(served) : null, _environment.Rollbacks.WasReplaced(entry.Version.Revision, _fleet.Time));

    private static SeenVersion SeenOf(FleetEntry entry) => new(entry.Version, entry.WrittenAt, entry.ConfirmedAt);

    private SeenVersion SeenOf(FleetVersion served) =>
        _seen is { } seen && seen.IsOf(_servedDocument) ? new SeenVersion(served, LatestStoreTime(seen.First), EarliestStoreTime(seen.Last)) : new SeenVersion(served);

    private long? EarliestStoreTime(SeenTime? time) =>
        time is null ? null : time.StoreTime ?? (_look is null ? null : StoreTimeOf(time.Timestamp));

    private long? LatestStoreTime(SeenTime time) =>
        time.StoreTime ?? (_look is { } look ? look.Value.Now + Milliseconds(look.Before, time.Timestamp) + 1 : null);

    /// <summary>The present time, as one that is not too early.</summary>
    private SeenTime Now()
    {
        var now = SeenTime.OfClock(_fleet.Time.GetTimestamp());
        return LatestStoreTime(now) is { } time ? SeenTime.OfStore(time) : now;
    }

    /// <summary>
    /// The store's time at a monotonic time; too early by the time that an answer of the store takes, never too late. After
    /// the first look; callable from any thread.
    /// </summary>
    private long StoreTimeOf(long timestamp) => _look is { } look ? look.Value.Now - Milliseconds(timestamp, look.After) : throw new InvalidOperationException("The store was not reached yet.");

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
            var decision = Decide(entry);
            if (decision != StoredDecision.Later && !(isConfirmed && decision == StoredDecision.HeldBack))
            {
                return false; // a poll returned a later one meanwhile
            }

            try
            {
                await _fleet.Publisher.PublishAsync(_environment, opened.Content, DocumentOrigin.Store, isUrgent: _environment.Current is not null, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Catches everything: any failure rejects the document, and the current one stays.
                Refuse(entry, PayloadRefusal.Rejected);
                Log.Rejected(_fleet.Logger, EnvironmentLabel.Of(_environment), entry.Writer, exception.Message);
                return false;
            }

            _served = _served is { } served ? entry.Version.Over(served) : _floor is { } floor ? entry.Version.WithEpochOf(floor.Version) : entry.Version;
            _servedDocument = _environment.Current?.Document.Version;
            _seen = SeenTimesOf(entry);
            _environment.Rollbacks.Restart();
            _environment.HoldEnded(); // it was compared with the document before
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

    /// <summary>Replaces a document that cannot be used, or tells the holder of the lease, which may serve the same and not know.</summary>
    private Task ReplaceUnusableAsync(FleetEntry entry, CancellationToken cancellationToken) => IsHolder
        ? WriteAsync(entry.Version.Revision, cancellationToken)
        : _fleet.Store.TryAsync(StoreOperation.Report, Id, store => store.DoubtAsync(Id, entry.Version.Revision), cancellationToken);

    /// <summary>Reads a document that another member cannot use, and replaces it if this one cannot either.</summary>
    private async Task CheckDoubtAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        if (!_isDoubtful)
        {
            return;
        }

        _isDoubtful = false;
        if ((await ReadAsync(cancellationToken)).Value is { } stored && Open(stored) is null)
        {
            await ReplaceUnusableAsync(entry, cancellationToken);
        }
    }

    /// <summary>
    /// Handles a document that is neither later nor earlier, such as one that was served here and replaced. Polls of the
    /// holder of the lease decide; others take it once enough polls have confirmed it.
    /// </summary>
    private async Task HoldAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        if (_served is not { } served)
        {
            return;
        }

        if (_held is not { } held || held.Revision != entry.Version.Revision)
        {
            _held = (entry.Version.Revision, entry.ConfirmedAt, 0);
            if (!IsHolder)
            {
                _fleet.Store.Metrics.Refused(PayloadRefusal.HeldBack);
                Log.HeldBack(
                    _fleet.Logger, EnvironmentLabel.Of(_environment), entry.Version.Revision, entry.Version.UpdatedTime, served.Revision, served.UpdatedTime,
                    _fleet.Settings.RollbackConfirmations);
            }

            return;
        }

        // Several members may poll at the same time, and an upstream may be behind: what counts is the time.
        if (!(entry.ConfirmedAt - (held.ConfirmedAt ?? 0) >= _fleet.Settings.PollInterval.TotalMilliseconds * MinConfirmationInterval))
        {
            return;
        }

        _held = (entry.Version.Revision, entry.ConfirmedAt, held.Confirmations + 1);
        if (held.Confirmations + 1 >= _fleet.Settings.RollbackConfirmations
            && (await ReadAsync(cancellationToken)).Value is { } stored
            && string.Equals(stored.Entry.Version.Revision, entry.Version.Revision, StringComparison.Ordinal))
        {
            await TakeAsync(stored, cancellationToken, isConfirmed: true);
            _held = null;
        }
    }

    /// <summary>The times at which the upstream had the served document, by the entry of the same document.</summary>
    private SeenTimes? SeenTimesOf(FleetEntry entry) =>
        _servedDocument is { } document
            ? new SeenTimes(document, SeenTime.OfStore(entry.WrittenAt), entry.ConfirmedAt is { } at ? SeenTime.OfStore(at) : null)
            : null;

    private void NoteSkew(StoredDecision decision) => BehindSince = decision == StoredDecision.Later ? BehindSince ?? _fleet.Time.GetTimestamp() : null;

    /// <summary>Records the last poll that confirmed the document, of any member: the document is as fresh as that.</summary>
    private void NoteConfirmation(FleetLook look, FleetEntry entry)
    {
        var seen = _seen; // before the comparison: not if a poll returns another document meanwhile
        if (!string.Equals(_served?.Revision, entry.Version.Revision, StringComparison.Ordinal))
        {
            return;
        }

        if (entry.ConfirmedAt is { } at && !(EarliestStoreTime(seen?.Last) >= at) && SeenTimesOf(entry) is { } times)
        {
            Interlocked.CompareExchange(ref _seen, seen is not null && seen.IsOf(times.Revision) ? seen with { Last = times.Last } : times, seen);
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
