using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Persistence;

/// <content>The version that is held (docs/spec/changes.md 5.3): which one it is, not its content, so that a restart does not release it.</content>
internal sealed partial class PersistedEnvironment
{
    /// <summary>Goes on holding the version that an earlier process held. To be called after a document was restored.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task RestoreHoldAsync(CancellationToken cancellationToken)
    {
        if (!_publisher.HoldsVersions || _environment.Current is null)
        {
            return;
        }

        foreach (var store in _stores)
        {
            try
            {
                if (await store.LoadAsync(_holdName, rejected: null, cancellationToken).WaitAsync(RestoreLimit, _time, cancellationToken) is { } stored
                    && HeldVersionText.Read(stored.Content) is { } version)
                {
                    _hold = version;
                    _publisher.RestoreHold(_environment, version);
                    return;
                }
            }
            catch (TimeoutException)
            {
                Log.TooSlow(_logger, EnvironmentLabel.Of(_environment), RestoreLimit.TotalSeconds);
            }
        }
    }

    /// <summary>Saves which version is held, in the background, or deletes that it was; costs nothing if it is unchanged.</summary>
    public void KeepHold()
    {
        var held = _environment.Hold.Current;
        if (held?.Content == _hold?.Content)
        {
            return;
        }

        _hold = held;
        foreach (var store in _stores)
        {
            if (held is null)
            {
                store.Delete(_holdName);
            }
            else
            {
                store.Save(_holdName, HeldVersionText.Write(held), new StoredDocumentMetadata(_time.GetUtcNow()));
            }
        }
    }
}
