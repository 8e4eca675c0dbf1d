using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <content>Operations of the store. For the loop only, unless stated otherwise.</content>
internal sealed partial class SharedProxyConfig
{
    // More changes than a member misses.
    private const int MaxStep = 1_000_000;

    // A year, in milliseconds.
    private const long MaxAge = 365L * 24 * 60 * 60 * 1000;

    private long? _reported;

    private void StepFailed(Exception exception)
    {
        _isAway = true;
        Log.Unexpected(_fleet.Logger, exception);
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var bid = _fleet.Settings.Poll == FleetPolling.Never ? LeaseBid.None : _lease.NextBid();
        var started = _fleet.Time.GetTimestamp();
        var look = await _fleet.Store.TryAsync(StoreOperation.Look, Id, store => store.LookAsync(Id, bid), cancellationToken);
        _isAway = !look.IsKnown;
        if (!look.IsKnown)
        {
            return;
        }

        _look = new TimedLook(look.Value, started, _fleet.Time.GetTimestamp());
        if (_lease.Looked(look.Value.Holder, bid, started))
        {
            _polls.Request("it holds the fleet's lease of the proxy config now");
        }

        await ConsiderAsync(look.Value, cancellationToken);
    }

    /// <summary>Makes the applied config and the store's the same: takes the later one, or writes it.</summary>
    private async Task ConsiderAsync(FleetLook look, CancellationToken cancellationToken)
    {
        var served = _served;
        if (look.Entry is not { } entry)
        {
            await WriteAsync(served, entry: null, cancellationToken);
        }
        else if (served is not null && served.Revision == entry.Version.Revision)
        {
            NoteConfirmation(entry, served);
            await (_isDoubtful ? ReplaceAsync(entry, cancellationToken) : ReportAsync(served, entry, cancellationToken));
        }
        else if (!IsLater(entry, served) || _unusable == (entry.Version.Revision, entry.WrittenAt))
        {
            await ReplaceAsync(entry, cancellationToken);
        }
        else if ((await ReadAsync(cancellationToken)).Value is { } stored && !Take(stored))
        {
            await ReplaceAsync(stored.Entry, cancellationToken);
        }
    }

    /// <summary>
    /// Determines whether an entry is of a later change than the applied config. The sequence is sealed with the config, so that
    /// an earlier one cannot be played back; the time only protects what this member fetched by itself meanwhile.
    /// </summary>
    private bool IsLater(FleetEntry entry, ServedProxyConfig? served) =>
        served is null || (entry.Version.Sequence > served.Sequence && (served.PolledAt is not { } polled || TimestampOf(entry) > polled));

    /// <summary>
    /// Replaces an entry that is earlier, or cannot be used: the holder of the lease does, with what it fetched by itself. It is
    /// told of an entry that cannot be used, since it does not read one that it serves.
    /// </summary>
    private async Task ReplaceAsync(FleetEntry entry, CancellationToken cancellationToken)
    {
        _isDoubtful = false;
        if (IsHolder)
        {
            await WriteAsync(_served is { PolledAt: not null } served ? served : null, entry, cancellationToken);
        }
        else if (_unusable == (entry.Version.Revision, entry.WrittenAt))
        {
            await _fleet.Store.TryAsync(StoreOperation.Report, Id, store => store.DoubtAsync(Id, entry.Version.Revision), cancellationToken);
        }
    }

    /// <summary>Applies a config of the store, if it can be decrypted, is valid, and is later than the applied one.</summary>
    private bool Take(StoredPayload stored)
    {
        var entry = stored.Entry;
        if (_sealed.TryDecrypt(entry.Version, stored.Payload, _fleet.Settings.MaxDocumentBytes) is not { } opened)
        {
            Refuse(entry, PayloadRefusal.Sealed, "it cannot be decrypted with the proxy key");
            return false;
        }

        try
        {
            lock (_lock)
            {
                if (!IsLater(entry, _served))
                {
                    return true; // a poll returned a later one meanwhile
                }

                _environments.Apply(opened.Content);
                _served = new ServedProxyConfig(entry.Version.Revision, opened.Content, entry.Version.Sequence, PolledAt: null);
                Volatile.Write(ref _confirmed, TimestampOf(entry));
                _keep(opened.Content);
            }
        }
        catch (UpstreamException exception)
        {
            Refuse(entry, PayloadRefusal.Rejected, exception.Message);
            return false;
        }

        Log.Taken(_fleet.Logger, entry.Version.Revision, entry.Writer);
        return true;
    }

    private void Refuse(FleetEntry entry, PayloadRefusal reason, string problem)
    {
        _unusable = (entry.Version.Revision, entry.WrittenAt);
        _fleet.Store.Metrics.Refused(reason);
        Log.Unusable(_fleet.Logger, entry.Writer, problem);
    }

    /// <summary>Takes over the last poll that confirmed the applied config, of any member.</summary>
    private void NoteConfirmation(FleetEntry entry, ServedProxyConfig served)
    {
        lock (_lock)
        {
            if (_served?.Revision != served.Revision)
            {
                return; // a poll returned another one meanwhile
            }

            Volatile.Write(ref _confirmed, Math.Max(Volatile.Read(ref _confirmed), TimestampOf(entry)));
        }
    }

    /// <summary>Tells the others of the last poll of this member.</summary>
    private async Task ReportAsync(ServedProxyConfig served, FleetEntry entry, CancellationToken cancellationToken)
    {
        if (served.PolledAt is not { } polled || polled == _reported || polled <= TimestampOf(entry))
        {
            return;
        }

        var report = new PollReport(served.Revision, _lease.Token, Error: null, polled);
        var sent = await _fleet.Store.TryAsync(StoreOperation.Report, Id, store => store.ReportAsync(Id, report, StoreTimeOf(polled)), cancellationToken);
        if (sent.IsKnown)
        {
            _reported = polled;
        }
    }

    private Task<StoreResult<StoredPayload?>> ReadAsync(CancellationToken cancellationToken) =>
        _fleet.Store.TryAsync(StoreOperation.Read, Id, store => store.ReadAsync(Id), cancellationToken);

    /// <summary>Writes the applied config: over an entry only as the holder of the lease, whose sequence is then the higher one.</summary>
    private async Task WriteAsync(ServedProxyConfig? served, FleetEntry? entry, CancellationToken cancellationToken)
    {
        if (served is null)
        {
            return;
        }

        // The entry's sequence may be forged: it was not decrypted.
        var sequence = Math.Max(served.Sequence, Math.Min(entry?.Version.Sequence ?? 0, served.Sequence + MaxStep)) + 1;
        var version = new FleetVersion(served.Revision, UpdatedAt: null, Sequence: sequence);
        var payload = _sealed.Encrypt(version, served.Content, FetchConditions.None);
        long? confirmedAt = served.PolledAt is { } polled ? StoreTimeOf(polled) : null;
        var write = new DocumentWrite(version, payload, _fleet.Settings.Name, _lease.Token, confirmedAt, entry?.Version.Revision);
        var written = await _fleet.Store.TryAsync(StoreOperation.Write, Id, store => store.WriteAsync(Id, write), cancellationToken);
        if (!written.IsKnown || written.Value != WriteOutcome.Written)
        {
            return; // what another member wrote is announced
        }

        lock (_lock)
        {
            if (_served is { } current)
            {
                _served = current with { Sequence = Math.Max(current.Sequence, version.Sequence) };
            }
        }
    }

    /// <summary>The store's time at a monotonic time, by the last look.</summary>
    private long StoreTimeOf(long timestamp) =>
        _look is { } look ? look.Value.Now - (long)Math.Ceiling(_fleet.Time.GetElapsedTime(timestamp, look.After).TotalMilliseconds) : 0;

    /// <summary>The monotonic time at which an entry was last confirmed; the present time before the first look.</summary>
    private long TimestampOf(FleetEntry entry)
    {
        if (_look is not { } look)
        {
            return _fleet.Time.GetTimestamp();
        }

        var age = TimeSpan.FromMilliseconds((double)Math.Clamp(look.Value.Now - (entry.ConfirmedAt ?? entry.WrittenAt), 0, MaxAge)); // it may be forged
        return look.After - (long)(age.TotalSeconds * _fleet.Time.TimestampFrequency);
    }
}
