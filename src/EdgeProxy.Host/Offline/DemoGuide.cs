namespace EdgeProxy.Host.Offline;

/// <summary>The text that the demo prints: requests to try.</summary>
internal static class DemoGuide
{
    /// <summary>The guide.</summary>
    /// <param name="address">The address of the proxy.</param>
    public static string Text(string address)
    {
        var url = address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
        return $$"""

            EdgeProxy serves the built-in demo environment. Open {{url}}/ in a browser: flags change as you type.

            Or try, in another terminal:

              The flags of the environment, without an identity:
                curl -H 'X-Environment-Key: demo' {{url}}/api/v1/flags/

              The flags of Ada, who is on the enterprise plan; compare "dashboard" and "banner":
                curl -H 'X-Environment-Key: demo' {{url}}/api/v1/identities/ -d '{"identifier":"ada","traits":[{"trait_key":"plan","trait_value":"enterprise"}]}'

              With an identity override ("support_chat" is on for this one):
                curl -H 'X-Environment-Key: demo' '{{url}}/api/v1/identities/?identifier=grace@example.com'

              What a server in local evaluation mode gets:
                curl -H 'X-Environment-Key: ser.demo' {{url}}/api/v1/environment-document/

            """;
    }
}
