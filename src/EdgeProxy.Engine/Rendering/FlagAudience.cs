namespace EdgeProxy.Engine.Rendering;

/// <summary>The reader of an answer: a client or a server (docs/spec/sdk-api.md 2.4).</summary>
public enum FlagAudience
{
    /// <summary>Holders of a server-side key; they are told of every flag.</summary>
    Server,

    /// <summary>
    /// Holders of a client-side key; features for servers only are left out, and disabled flags where the environment
    /// hides them.
    /// </summary>
    Client,
}
