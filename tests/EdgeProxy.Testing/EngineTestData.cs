namespace EdgeProxy.Testing;

/// <summary>
/// The location of the cross-language engine cases. They are published elsewhere and not copied into the project, so a test
/// that wants them must be able to do without.
/// </summary>
public static class EngineTestData
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "ENGINE_TEST_DATA";

    private const string CasesFolder = "test_cases";

    private static readonly string DefaultFolder = Path.Combine("shared", "engine-test-data");

    /// <summary>
    /// The folder that the variable names, else <c>shared/engine-test-data</c> beside or above the project; null where
    /// it does not exist.
    /// </summary>
    public static string? Folder { get; } = Find(Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory);

    /// <summary>The reason why tests of the engine cases are skipped; null where they are not.</summary>
    public static string? SkipReason { get; } = Folder is null
        ? $"No engine cases: neither does {FolderVariable} name a folder, nor is there a folder {DefaultFolder} beside or above the project."
        : null;

    /// <summary>The files of all cases, by name. Empty where there is no folder.</summary>
    public static TheoryData<string> CaseNames
    {
        get
        {
            var names = new TheoryData<string>();
            if (Folder is not null)
            {
                var cases = CasesIn(Folder);
                names.AddRange([.. Directory.EnumerateFiles(cases, "*", SearchOption.AllDirectories)
                    .Where(path => Path.GetExtension(path) is ".json" or ".jsonc")
                    .Select(path => Path.GetRelativePath(cases, path))
                    .Order(StringComparer.Ordinal)]);
            }

            return names;
        }
    }

    /// <summary>Reads a case.</summary>
    /// <param name="name">One of <see cref="CaseNames"/>.</param>
    public static EngineCase Read(string name) => EngineCaseReader.Read(name, File.ReadAllText(Path.Combine(CasesIn(Folder!), name)));

    /// <summary>The folder to use.</summary>
    /// <param name="configured">The value of the variable; if it is set, nothing else is searched.</param>
    /// <param name="start">The directory to walk up from.</param>
    public static string? Find(string? configured, string start)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return Directory.Exists(configured) ? configured : null;
        }

        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, DefaultFolder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string CasesIn(string folder)
    {
        var cases = Path.Combine(folder, CasesFolder);
        return Directory.Exists(cases) ? cases : folder;
    }
}
