namespace EdgeProxy.Host.Testing;

/// <summary>A directory of a test's own, removed with all that is in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The address.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("edgeproxy-").FullName;

    /// <summary>A path in it.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
