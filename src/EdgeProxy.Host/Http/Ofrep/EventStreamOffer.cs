namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>The requests whose answers offer event streams.</summary>
internal enum EventStreamOffer
{
    /// <summary>Those of browsers, which are the only clients that use them; some others reject an answer that has them.</summary>
    Auto,

    /// <summary>All.</summary>
    Always,

    /// <summary>None, and there are no event streams.</summary>
    Never,
}
