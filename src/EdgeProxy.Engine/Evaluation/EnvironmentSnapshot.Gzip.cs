using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Rendering.Deflate;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Flags that are deflated in advance. That costs time and memory, and so is done only on demand.</content>
internal sealed partial class EnvironmentSnapshot : IGzipSource
{
    private readonly int _stateFlags;
    private readonly CodedFlagsByAudience<SdkFlagForm, FlagLayout> _coded;

    /// <summary>
    /// The length in bytes of the JSON that <see cref="PrepareGzip"/> reads: all possible flags, except those of single
    /// identities. Preparation takes about 20 milliseconds per megabyte, and up to two thirds of the length in memory.
    /// </summary>
    public int GzipSourceLength => _coded.SourceLength;

    /// <summary>The number of flags, from the first, that are not for single identities.</summary>
    internal int StateFlags => _stateFlags;

    /// <summary>Determines whether <see cref="EvaluationFrame.WriteGzip"/> can be called.</summary>
    public bool IsGzipPrepared(FlagAudience audience) => _coded.IsPrepared(audience);

    /// <summary>
    /// Prepares <see cref="EvaluationFrame.WriteGzip"/>, unless that was done before. Thread-safe: one thread prepares, and
    /// the others wait for it.
    /// </summary>
    public void PrepareGzip(FlagAudience audience) => _coded.Prepare(audience);

    internal CodedFlags<SdkFlagForm, FlagLayout> GzipFlags(FlagAudience audience) => _coded.Of(audience);
}
