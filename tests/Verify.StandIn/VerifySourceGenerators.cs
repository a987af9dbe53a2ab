namespace VerifyTests;

/// <summary>Teaches Verify what the output of a source generator is.</summary>
public static class VerifySourceGenerators
{
    /// <summary>Whether <see cref="Initialize"/> has been called.</summary>
    public static bool Initialized { get; private set; }

    /// <summary>To be called once, from a module initializer of the test assembly.</summary>
    public static void Initialize()
    {
        if (Initialized)
        {
            throw new InvalidOperationException("Already initialized.");
        }

        Initialized = true;
    }
}
