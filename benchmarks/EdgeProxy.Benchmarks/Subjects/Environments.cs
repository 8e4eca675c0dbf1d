using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Subjects;

/// <summary>The environments that everything is measured with.</summary>
internal static class Environments
{
    /// <summary>The document of a shape.</summary>
    public static byte[] Document(EnvironmentShape shape) => DocumentMaker.Make(shape, IdentityRequests.EnvironmentKey);

    /// <summary>The snapshot of a shape.</summary>
    public static EnvironmentSnapshot Snapshot(EnvironmentShape shape) => EnvironmentCompiler.Compile(Document(shape)).Snapshot;
}
