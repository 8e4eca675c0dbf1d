using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>The methods that an endpoint accepts. Methods are case-sensitive (RFC 9110, section 9.1).</summary>
internal sealed class EndpointMethods
{
    private readonly string[] _names;

    private EndpointMethods(params string[] names)
    {
        _names = names;
        Allow = string.Join(", ", names);
    }

    /// <summary>GET, and HEAD with it.</summary>
    public static EndpointMethods Get { get; } = new("GET", "HEAD");

    /// <summary>GET, HEAD and POST.</summary>
    public static EndpointMethods GetAndPost { get; } = new("GET", "HEAD", "POST");

    /// <summary>POST.</summary>
    public static EndpointMethods Post { get; } = new("POST");

    /// <summary>PUT.</summary>
    public static EndpointMethods Put { get; } = new("PUT");

    /// <summary>POST and PUT.</summary>
    public static EndpointMethods PostAndPut { get; } = new("POST", "PUT");

    /// <summary>GET without HEAD, and OPTIONS.</summary>
    public static EndpointMethods GetAndOptions { get; } = new("GET", "OPTIONS");

    /// <summary>GET without HEAD.</summary>
    public static EndpointMethods GetOnly { get; } = new("GET");

    /// <summary>The methods as the header <c>Allow</c> lists them.</summary>
    public StringValues Allow { get; }

    /// <summary>Determines whether the endpoint accepts a method.</summary>
    public bool Contains(string method)
    {
        foreach (var name in _names)
        {
            if (name == method)
            {
                return true;
            }
        }

        return false;
    }
}
