using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.Tls;

/// <summary>Reads a certificate with its chain and its key from their files.</summary>
internal static class CertificateReader
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="CertificateException">The files cannot be read, or do not match.</exception>
    public static SslStreamCertificateContext Read(TlsOptions options)
    {
        var certificatePem = ReadFile(options.CertificatePath, isOfKey: false);
        var keyPem = ReadFile(options.KeyPath, isOfKey: true);
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificatePem);
        }
        catch (CryptographicException exception)
        {
            throw new CertificateException(isOfKey: false, $"{options.CertificatePath} is not a certificate in PEM", exception);
        }

        if (chain.Count == 0)
        {
            throw new CertificateException(
                isOfKey: false, $"{options.CertificatePath} has no certificate in PEM", new CryptographicException(options.CertificatePath));
        }

        try
        {
            var certificate = options.KeyPassword is { } password
                ? X509Certificate2.CreateFromEncryptedPem(certificatePem, keyPem, password)
                : X509Certificate2.CreateFromPem(certificatePem, keyPem);
            chain[0].Dispose();
            chain.RemoveAt(0);

            // Offline: the start must not depend on servers that offer intermediate certificates.
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new CertificateException(
                isOfKey: true,
                $"{options.KeyPath} {Describe(keyPem, options)}",
                exception);
        }
    }

    /// <summary>Reports the problems of the configured files.</summary>
    public static void Check(TlsOptions options, List<SettingProblem> problems)
    {
        if (!options.IsEnabled)
        {
            return;
        }

        try
        {
            Read(options).TargetCertificate.Dispose();
        }
        catch (CertificateException exception)
        {
            problems.Add(new SettingProblem(exception.IsOfKey ? "server.tls.key_file" : "server.tls.certificate_file", exception.Message));
        }
    }

    /// <summary>Describes the error of a key.</summary>
    private static string Describe(string keyPem, TlsOptions options)
    {
        if (keyPem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            return "is encrypted in the traditional format of OpenSSL, which is not supported; convert it with: openssl pkcs8 -topk8 -in OLD -out NEW";
        }

        var isEncrypted = keyPem.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        return (isEncrypted, options.KeyPassword) switch
        {
            (true, null) => "is encrypted; set server.tls.key_password, or server.tls.key_password_file",
            (true, _) => $"is encrypted, and server.tls.key_password opens no private key in it that belongs to the certificate in {options.CertificatePath}",
            (false, null) => $"has no private key in PEM that belongs to the certificate in {options.CertificatePath}",
            (false, _) => $"has no encrypted private key in PEM that belongs to the certificate in {options.CertificatePath}, but server.tls.key_password is set",
        };
    }

    private static string ReadFile(string path, bool isOfKey)
    {
        try
        {
            return BoundedRead.Run(() => File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(isOfKey, $"{path} cannot be read: {FileErrors.Describe(path, exception)}", exception);
        }
    }
}
