using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>Flags that can be deflated in advance.</summary>
internal interface IGzipSource
{
    /// <summary>The length in bytes of the JSON that is deflated.</summary>
    int GzipSourceLength { get; }

    /// <summary>Determines whether the flags are deflated for an audience.</summary>
    bool IsGzipPrepared(FlagAudience audience);

    /// <summary>Deflates the flags for an audience, unless that was done before.</summary>
    void PrepareGzip(FlagAudience audience);
}
