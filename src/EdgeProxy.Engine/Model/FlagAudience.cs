namespace EdgeProxy.Engine.Model;

/// <summary>The reader of an answer: a client or a server (docs/spec/sdk-api.md 2.4).</summary>
public enum FlagAudience
{
    /// <summary>Holders of a server-side key, who get all flags.</summary>
    Server,

    /// <summary>
    /// Holders of a client-side key. Features for server-side keys only are left out, and disabled flags if the
    /// environment hides them.
    /// </summary>
    Client,
}
