namespace Unroll.Interop.PyTorchFiles;

/// <summary>Files of PyTorch's own, which are programs.</summary>
internal static class Pickle
{
    private static readonly string[] s_endings = [".pt", ".pth", ".pkl", ".bin", ".ckpt"];

    /// <exception cref="InvalidDataException">The file's name ends as a pickle's does.</exception>
    public static void Refuse(string path)
    {
        if (s_endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidDataException(
                $"{path} is a pickle, a program rather than data, and is not opened. Save the weights with safetensors.torch.save_file, or the model with torch.onnx.export.");
        }
    }
}
