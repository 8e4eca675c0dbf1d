using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Persistence;

/// <content>Operations that change the directory.</content>
internal sealed partial class DocumentFiles
{
    /// <summary>Prepares the directory. To be called once, at the start.</summary>
    public void Prepare()
    {
        if (_directory is null)
        {
            return;
        }

        try
        {
            _directory.Create();
            if (_directory.RemoveLeftovers() is var removed && removed > 0)
            {
                Log.LeftoversRemoved(_logger, Quantity.Of(removed, "incomplete file"), _path);
            }

            _directory.Probe();
            if (_directory.IsWritableByAnyone())
            {
                Log.WritableByAnyone(_logger, _path);
            }
        }
        catch (Exception exception)
        {
            // Catches everything: the proxy works without a store.
            LogRarely(exception, path: null, () => Log.Unusable(_logger, _path, FileErrors.DescribeDirectory(_path, exception)));
        }
    }

    /// <summary>Stores another generation of an entry. Not concurrently for the same entry.</summary>
    /// <param name="name">The entry, a <see cref="StoredDocumentName"/>.</param>
    /// <param name="content">The content to store.</param>
    /// <param name="metadata">The metadata of the content.</param>
    /// <returns>True if it is stored.</returns>
    public bool Write(string name, ReadOnlyMemory<byte> content, StoredDocumentMetadata metadata) => _directory is { } directory && Try(() =>
    {
        if (!_versions.ContainsKey(name))
        {
            Read(name);
        }

        // By the clock, so that it is later than that of any other instance; and later than the existing ones, even if the
        // clock went back.
        var version = _versions.GetValueOrDefault(name);
        var next = new StoredVersion((version.Place + 1) % StoreDirectory.Places, Math.Max(_time.GetUtcNow().UtcTicks, version.Generation + 1));
        var header = new StoredDocumentHeader(name, next.Generation, metadata, content.Length);
        directory.Create(); // it may have been removed
        directory.Replace(name, next.Place, file => StoredDocumentFile.Write(file, header, content.Span), metadata.Fetched);
        _versions[name] = next;
    });

    /// <summary>Records the time when the entry's newest generation was last found to be current.</summary>
    /// <returns>True if it is stored.</returns>
    public bool Touch(string name, DateTimeOffset fetched) =>
        _directory is { } directory && _versions.TryGetValue(name, out var version) && Try(() => directory.Touch(name, version.Place, fetched));

    /// <summary>Removes all generations of an entry.</summary>
    public void Delete(string name)
    {
        if (_directory is { } directory)
        {
            Try(() => directory.Delete(name));
            _versions.TryRemove(name, out _);
        }
    }

    private bool Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception)
        {
            // Catches everything: a disk that is full or missing affects only the next start.
            LogRarely(exception, path: null, () => Log.Failed(_logger, _path, FileErrors.DescribeDirectory(_path, exception)));
            return false;
        }

        return true;
    }
}
