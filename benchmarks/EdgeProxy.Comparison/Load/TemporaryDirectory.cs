namespace EdgeProxy.Comparison.Load;

/// <summary>A directory that goes away again.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("edge-proxy-comparison-");

    /// <summary>The path for a file of that name.</summary>
    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Writes a file; returns where it is.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Writes a file; returns where it is.</summary>
    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
