namespace EdgeProxy.Testing;

/// <summary>The files of the project, for tests that hold documents and code against each other.</summary>
public static class Repository
{
    private const string Landmark = "EdgeProxy.sln";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The text of a file.</summary>
    /// <param name="path">From the root, with slashes.</param>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The path of a file.</summary>
    /// <param name="path">From the root, with slashes.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string Find(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Landmark)))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"There is no {Landmark} above {start}.");
    }
}
