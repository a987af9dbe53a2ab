namespace VerifyTests;

/// <summary>A test's output is not what its verified files hold.</summary>
public sealed class VerifyException(string message) : Exception(message);
