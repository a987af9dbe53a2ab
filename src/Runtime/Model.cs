namespace Unroll;

/// <summary>A network: the base class of every class annotated with <c>[Network]</c>.</summary>
public abstract class Model
{
    /// <summary>Writes the parameters to a file.</summary>
    public void Save(string path) => throw new NotSupportedException(path);

    internal virtual float[] CaptureWeights() => throw new NotSupportedException();

    internal virtual void RestoreWeights(float[] weights) => throw new NotSupportedException();
}
