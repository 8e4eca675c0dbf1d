namespace EdgeProxy.Host.Traits;

/// <content>The calls as they are sent.</content>
internal sealed partial class TraitQueue
{
    // Of one call, since its newest request.
    private static readonly TimeSpan MaxFailing = TimeSpan.FromMinutes(10);

    /// <summary>The timestamp at which the next call is due; null if none waits.</summary>
    public long? NextDue => _schedule.TryPeek(out _, out var priority) ? priority.Due : null;

    /// <summary>Takes the next call that is due. The caller has to say how it ended.</summary>
    /// <param name="isLast">True to take calls whose wait is not over, since there is no later.</param>
    /// <returns>Null if none is due.</returns>
    public PendingCall? Next(bool isLast)
    {
        var now = _time.GetTimestamp();
        while (_schedule.TryPeek(out var identity, out var priority) && (isLast || priority.Due <= now))
        {
            _schedule.Dequeue();
            if (identity.Environment.NotBefore > now)
            {
                if (!isLast)
                {
                    Schedule(identity, identity.Environment.NotBefore);
                }

                continue;
            }

            if (identity.First is not { } call)
            {
                Forget(identity);
                continue;
            }

            identity.SetWaiting(call.Source.IsClientSide, null);
            if (IsConfirmed(identity.Id, call.Traits))
            {
                _metrics.CountDeduplicated();
                Release(call);
                ScheduleRest(identity);
                continue;
            }

            identity.Environment.IsRefused = false;
            call.Hash = HashOf(call.Traits);
            identity.IsInFlight = true;
            return call;
        }

        return null;
    }

    /// <summary>Records that the API accepted a call.</summary>
    public void Confirm(PendingCall call)
    {
        _confirmed.Set(call.Identity.Id, call.Hash);
        End(call);
    }

    /// <summary>Drops a call.</summary>
    public void Drop(PendingCall call, TraitLoss reason)
    {
        _metrics.CountLost(reason);
        End(call);
    }

    /// <summary>Puts a call that failed back, merged with what came meanwhile; drops it if it has failed for too long.</summary>
    /// <param name="call">The call.</param>
    /// <param name="wait">The time until the next attempt.</param>
    public void Retry(PendingCall call, TimeSpan wait)
    {
        var now = _time.GetTimestamp();
        call.Failures++;
        call.FailingSince ??= now;
        if (_time.GetElapsedTime(call.FailingSince.Value, now) >= MaxFailing)
        {
            Drop(call, TraitLoss.Expired);
            return;
        }

        var identity = call.Identity;
        identity.IsInFlight = false;
        var isClientSide = call.Source.IsClientSide;
        if (identity.Waiting(isClientSide) is { } newer)
        {
            Release(newer);
            TrySetMerged(call, call.Traits, newer.Traits);
            AddBytes(-call.Bytes);
            (call.Source, call.Labels, call.FailingSince) = (newer.Source, newer.Labels, null);
            AddBytes(call.Bytes);
        }

        identity.SetWaiting(isClientSide, call);
        if (isClientSide && identity.Server is { } server)
        {
            RemoveSuperseded(identity, server.Source, server.Traits);
        }

        Schedule(identity, now + (long)(wait.TotalSeconds * _time.TimestampFrequency));
    }

    /// <summary>Sends nothing of an environment for a while.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="wait">The duration.</param>
    /// <param name="isRefused">True if the API refused a key: nothing new is queued meanwhile.</param>
    public void Pause(TraitEnvironment environment, TimeSpan wait, bool isRefused)
    {
        environment.NotBefore = Math.Max(environment.NotBefore, _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency));
        environment.IsRefused |= isRefused;
    }

    private void End(PendingCall call)
    {
        call.Identity.IsInFlight = false;
        Release(call);
        ScheduleRest(call.Identity);
    }

    private void ScheduleRest(PendingIdentity identity)
    {
        if (identity.First is null)
        {
            Forget(identity);
        }
        else
        {
            Schedule(identity, _time.GetTimestamp());
        }
    }

    private void Schedule(PendingIdentity identity, long due) => _schedule.Enqueue(identity, (due, _order++));

    private void Forget(PendingIdentity identity)
    {
        _identities.Remove(identity.Id);
        AddBytes(-identity.Bytes);
    }

    private void Release(PendingCall call)
    {
        Volatile.Write(ref _count, _count - 1);
        AddBytes(-call.Bytes - call.Traits.Length);
        call.Identity.Environment.AddWaiting(-1);
        _byAge.Remove(call.Age);
        NoteOldest();
    }
}
