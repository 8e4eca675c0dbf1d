using EdgeProxy.Workloads;

namespace EdgeProxy.Fuzzing.Documents;

/// <summary>Good documents, which mutations start from.</summary>
internal static class DocumentCorpus
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        Read("demo-environment.json"),
        Read("every-operator.json"),
        Read("every-operator.json"), // the most to go wrong in the fewest bytes: twice as often
        DocumentMaker.Make(EnvironmentShapes.Small, "small"),
        DocumentMaker.Make(
            new EnvironmentShape { Features = 8, Multivariate = 3, Segments = 4, Conditions = 8, OverridesPerSegment = 3, IdentityOverrides = 6 }, "mixed"),
    ];

    private static byte[] Read(string name)
    {
        using var stream = typeof(DocumentCorpus).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
