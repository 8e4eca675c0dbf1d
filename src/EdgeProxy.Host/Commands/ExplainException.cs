namespace EdgeProxy.Host.Commands;

/// <summary>Thrown if <c>edge-proxy explain</c> cannot explain; the message is for its user.</summary>
/// <param name="message">The reason.</param>
/// <param name="cause">The cause, if there is one.</param>
internal sealed class ExplainException(string message, Exception? cause = null) : Exception(message, cause);
