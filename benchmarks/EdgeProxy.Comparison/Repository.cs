namespace EdgeProxy.Comparison;

/// <summary>Where the files of this repository are.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    /// <summary>Where a file is.</summary>
    /// <param name="path">Its path in the repository.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>The program of a project.</summary>
    public static string ProgramOf(string project, string assembly) =>
        PathOf($"{project}/bin/Release/net10.0/{assembly}.dll");

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "EdgeProxy.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("This runs from the repository that it was built in.");
    }
}
