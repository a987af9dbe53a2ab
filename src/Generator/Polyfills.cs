// What C# needs from the framework and netstandard2.0 does not have.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
